/** How much of a file is looked at, and how much where its first line is longer than that. */
const headLength = 64 * 1024;
const longestFirstLine = 4 * 1024 * 1024;

/** The first lines of a text that are whole, or the last one of the file. */
export function textHead(bytes: Buffer): string {
  if (bytes.length <= headLength) return bytes.toString('utf8');
  let end = bytes.lastIndexOf('\n', headLength);
  if (end < 0) end = bytes.subarray(0, longestFirstLine).indexOf('\n', headLength);
  return bytes.toString('utf8', 0, end < 0 ? Math.min(bytes.length, longestFirstLine) : end);
}
