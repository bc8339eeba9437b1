/** Reports errors of the page that nobody handles, for the extension's log. */
export function reportErrors(report: (message: string) => void): void {
  window.addEventListener('error', ({ message, filename, lineno }) => {
    report(`${message} (${filename}:${lineno})`);
  });
  window.addEventListener('unhandledrejection', ({ reason }) => {
    report(describe(reason));
  });
}

function describe(reason: unknown): string {
  return reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
}
