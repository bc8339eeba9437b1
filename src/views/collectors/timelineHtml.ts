/** Addresses of what the page loads, as the webview reaches them. */
export interface TimelineResources {
  /** Source expression that stands for the extension's own files in a content security policy. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
}

/**
 * The timeline's page. Nothing that was collected is in it: that comes as messages. The toolkit takes
 * the nonce for its own style elements from the meta element `csp-nonce`.
 *
 * @param nonce a new random value for every page
 */
export function timelineHtml(
  { cspSource, script, style }: TimelineResources,
  nonce: string,
): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
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
    <title>Collected samples over time</title>
    <link rel="stylesheet" href="${style}">
    <script nonce="${nonce}" src="${script}" defer></script>
  </head>
  <body></body>
</html>
`;
}
