/** Addresses of what the page loads, as the webview reaches them. */
export interface ComparisonResources {
  /** Source expression that stands for the extension's own files in a content security policy. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
}

/**
 * The page of a comparison. No part of a profile is ever in it: those come as messages.
 * @param nonce a new random value for every page; the toolkit takes it from the meta element
 */
export function comparisonHtml(
  { cspSource, script, style }: ComparisonResources,
  nonce: string,
): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta property="csp-nonce" content="${nonce}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Comparison</title>
    <link rel="stylesheet" href="${style}">
    <script nonce="${nonce}" src="${script}" defer></script>
  </head>
  <body></body>
</html>
`;
}
