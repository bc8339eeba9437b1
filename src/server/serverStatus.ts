import {
  MarkdownString,
  StatusBarAlignment,
  ThemeColor,
  window,
  type Disposable,
  type StatusBarItem,
} from 'vscode';
import { browserUrl } from './address';
import type { ServerPlan } from './serverPlan';

/** The status-bar item of the server; hidden while there is none. */
export class ServerStatus implements Disposable {
  readonly #item: StatusBarItem;

  /** @param command Runs when the item is clicked. */
  constructor(command: string) {
    this.#item = window.createStatusBarItem('hotline.server', StatusBarAlignment.Left);
    this.#item.name = 'Hotline: profiled server';
    this.#item.command = command;
  }

  starting(): void {
    this.#show('$(sync~spin) Starting profiled server', 'The profiled server is starting.');
  }

  /** @param problem Why it answers, but requests leave no profiles. */
  running(plan: ServerPlan, problem?: string): void {
    const lines = [
      `Profiled server at ${browserUrl(plan)}`,
      problem ?? `Each request leaves a profile in ${plan.profileDirectory}`,
      ...plan.notes,
    ];
    const icon = problem === undefined ? 'flame' : 'warning';
    this.#show(`$(${icon}) ${plan.host}:${plan.port}`, ...lines);
    if (problem !== undefined) this.#warn();
  }

  /** It waits for its source to change. */
  waiting(reason: string): void {
    this.#show('$(warning) Profiled server waits for a fix', reason);
    this.#warn();
  }

  stopping(): void {
    this.#show('$(sync~spin) Stopping profiled server', 'The profiled server is stopping.');
  }

  stopped(): void {
    this.#item.hide();
  }

  dispose(): void {
    this.#item.dispose();
  }

  #warn(): void {
    this.#item.backgroundColor = new ThemeColor('statusBarItem.warningBackground');
  }

  #show(text: string, ...lines: string[]): void {
    const tooltip = new MarkdownString();
    for (const line of lines) tooltip.appendText(`${line}\n\n`);
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.backgroundColor = undefined;
    this.#item.accessibilityInformation = { label: lines.join('. ') };
    this.#item.show();
  }
}
