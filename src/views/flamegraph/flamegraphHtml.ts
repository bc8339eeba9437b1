/** Addresses of what the page loads, as the webview reaches them. */
export interface FlamegraphResources {
  /** Source expression that stands for the extension's own files in a content security policy. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  readonly speedscopeScript: string;
  readonly speedscopeStyle: string;
}

/**
 * The page around speedscope. No part of a profile is ever in it: those come as messages.
 *
 * What the order and the attributes are for, with speedscope 1.25.0:
 * - Our script comes first: it has to be there before speedscope asks for the colour scheme.
 * - speedscope renders over the last element of the body.
 * - The empty style element is where its styles go (aphrodite takes the first `style[data-aphrodite]`
 *   there is); one that it made itself would have no nonce and be refused.
 * - The toolkit takes the nonce for its own style elements from the meta element `csp-nonce`.
 * - speedscope undoes C++, D and Rust mangling of names that start with `_Z` or `_R` in WebAssembly that it
 *   brings along, and waits for ever where that is refused, even for a Python function `_Render`.
 *   `wasm-unsafe-eval` allows compiling WebAssembly and nothing else.
 *
 * @param nonce a new random value for every page
 */
export function flamegraphHtml(resources: FlamegraphResources, nonce: string): string {
  const { cspSource, script, style, speedscopeScript, speedscopeStyle } = resources;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
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
    <title>Flamegraph</title>
    <link rel="stylesheet" href="${speedscopeStyle}">
    <link rel="stylesheet" href="${style}">
    <style nonce="${nonce}" data-aphrodite></style>
    <script nonce="${nonce}" src="${script}" defer></script>
    <script nonce="${nonce}" src="${speedscopeScript}" defer></script>
  </head>
  <body>
    <div></div>
  </body>
</html>
`;
}
