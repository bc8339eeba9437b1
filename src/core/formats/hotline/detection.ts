/** Bytes in which the exporter stands: it is the second member of the document. */
const headLength = 512;

/** Whether a speedscope document is by Hotline's own profiler (`python/hotline`). */
export function isOwnProfile(bytes: Buffer): boolean {
  const head = bytes.subarray(0, headLength).toString('latin1');
  return /^\s*\{[^]*"exporter"\s*:\s*"hotline-profiler@/.test(head);
}
