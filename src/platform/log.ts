import { window, type LogOutputChannel } from 'vscode';

let channel: LogOutputChannel | undefined;

/** The *Hotline* output channel: details for bug reports go here, sentences for people do not. */
export function log(): LogOutputChannel {
  channel ??= window.createOutputChannel('Hotline', { log: true });
  return channel;
}
