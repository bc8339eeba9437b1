/**
 * The only file that knows speedscope's insides. It is embedded unmodified and has no interface for
 * the page around it, so its state is read off the properties of its components: plain data and
 * setters, whose names survive minification. Learnt from https://github.com/jlfwong/speedscope and
 * the bundle of speedscope 1.25.0. Where another release differs, a function here says that it is
 * not available, and speedscope itself goes on working.
 */
import type { ShownFrame } from '../../src/protocol/flamegraph';
import { findFunction, shownFrame, type Frame } from './frameMatch';
import { property, virtualNodes, type Component, type VirtualNode } from './virtualTree';
import { drawn, rendered, until } from './wait';

interface FlamechartState {
  readonly selectedNode: { readonly frame: Frame } | null;
}

interface Profile {
  getName(): string;
  getTotalWeight(): number;
  forEachFrame(visit: (frame: Frame) => void): void;
}

interface ProfileState {
  readonly profile: Profile;
  readonly chronoViewState: FlamechartState;
  readonly leftHeavyViewState: FlamechartState;
  readonly sandwichViewState: { readonly callerCallee: { readonly selectedFrame: Frame } | null };
}

interface ProfileGroup {
  readonly indexToView: number;
  readonly profiles: readonly ProfileState[];
}

/** The properties of speedscope's outermost component with state. */
interface Application {
  readonly viewMode: number;
  readonly activeProfileState: ProfileState | null;
  readonly profileGroup: ProfileGroup | null;
  readonly loading: boolean;
  readonly error: boolean;
  readonly glCanvas: HTMLCanvasElement | null;
  readonly canvasContext: object | null;
  setViewMode(mode: number): void;
  setProfileIndexToView(index: number): void;
}

type SelectFrame = (frame: Frame) => void;

/** speedscope's views in the order of its `viewMode`. */
const VIEWS = ['time ordered', 'left heavy', 'sandwich'] as const;

const START_TIMEOUT_MS = 20_000;
const LOAD_TIMEOUT_MS = 120_000;
const RENDER_TIMEOUT_MS = 2_000;

/** What speedscope has loaded and shows, for tests and bug reports. */
export interface SpeedscopeInspection {
  readonly view: (typeof VIEWS)[number] | undefined;
  readonly profiles: readonly {
    readonly name: string;
    readonly total: number;
    readonly frames: readonly ShownFrame[];
  }[];
  readonly selected: ShownFrame | undefined;
}

declare global {
  interface Window {
    /** What speedscope has loaded and shows, for tests and bug reports. */
    inspectFlamegraph?: () => SpeedscopeInspection;
  }
}

/** The speedscope in this page. To be made before its bundle runs. */
export class Speedscope {
  #component: Component | undefined;
  #complaint: string | undefined;

  constructor() {
    // These are its ways to say that it cannot read a file; a webview shows no alerts.
    window.alert = (text?: unknown) => {
      this.#complaint = String(text);
    };
    window.addEventListener('unhandledrejection', ({ reason }) => {
      this.#complaint = String(reason);
    });
  }

  /** The element that speedscope fills: it renders over the last one of the body. */
  get element(): HTMLElement {
    return document.body.lastElementChild as HTMLElement;
  }

  /**
   * Loads a document in speedscope's own format in place of the one before. Not to be called again
   * before it ends.
   * @returns how many profiles it has, and how many different frames these have together
   * @throws an Error with a sentence for a person when speedscope does not show it
   */
  async load(document: Uint8Array): Promise<{ profiles: number; frames: number }> {
    const before = (await this.#started()).profileGroup;
    this.#complaint = undefined;
    this.#drop(document);
    // An error of the load before is taken back first.
    await rendered();
    const group = await until(LOAD_TIMEOUT_MS, () => this.#loadedSince(before));
    if (!group) throw new Error('speedscope did not finish loading the profile.');
    const frames = new Set(group.profiles.flatMap(({ profile }) => framesOf(profile)));
    return { profiles: group.profiles.length, frames: frames.size };
  }

  /** The frame selected in the view at the front. */
  selectedFrame(): ShownFrame | undefined {
    const application = this.#application();
    const frame =
      application?.activeProfileState &&
      selectedFrame(application.activeProfileState, VIEWS[application.viewMode]);
    return frame ? shownFrame(frame) : undefined;
  }

  /** The frame of the flamegraph's box under the pointer, which is on this element. */
  boxAt(target: Node): ShownFrame | undefined {
    for (const node of this.#around(target)) {
      const frame = frameUnderPointer(node.__c);
      if (frame) return shownFrame(frame);
    }
    return undefined;
  }

  /** The frame of a row of the sandwich's table that was just clicked, which selects it. */
  rowAt(target: Node): ShownFrame | undefined {
    return this.#around(target).some(isTable) ? this.selectedFrame() : undefined;
  }

  /**
   * Shows a function in the sandwich view, of the profile at the front or else the first that has it.
   * @throws an Error with a sentence for a person when it cannot be shown
   */
  async selectFunction(wanted: ShownFrame): Promise<void> {
    const group = this.#application()?.profileGroup;
    if (!group) throw new Error(NOT_AVAILABLE);
    const index = indexOfProfileWith(wanted, group);
    if (index === undefined) throw new Error(`${wanted.name} is not in this flamegraph.`);
    this.#application()?.setProfileIndexToView(index);
    this.#application()?.setViewMode(VIEWS.indexOf('sandwich'));
    const select = await until(RENDER_TIMEOUT_MS, () => this.#sandwichSelection(index));
    const active = this.#application()?.activeProfileState;
    const frame = active && findFunction(framesOf(active.profile), wanted);
    if (!select || !frame) throw new Error(NOT_AVAILABLE);
    select(frame);
    await drawn();
    this.#scrollToSelectedRow();
  }

  /** Tells speedscope that its place in the page has another size. */
  resized(): void {
    window.dispatchEvent(new Event('resize'));
  }

  /** What is loaded and shown. */
  inspect(): SpeedscopeInspection {
    const application = this.#application();
    const states = application?.profileGroup?.profiles ?? [];
    return {
      view: application && VIEWS[application.viewMode],
      profiles: states.map(({ profile }) => ({
        name: profile.getName(),
        total: profile.getTotalWeight(),
        frames: framesOf(profile).map(shownFrame),
      })),
      selected: this.selectedFrame(),
    };
  }

  /** The components that an element is part of. */
  #around(target: Node): VirtualNode[] {
    return [...virtualNodes(this.element)].filter((node) => node.__e?.contains(target));
  }

  async #started(): Promise<Application> {
    const application = await until(START_TIMEOUT_MS, () => {
      const now = this.#application();
      return now?.glCanvas && (now.canvasContext || now.error) ? now : undefined;
    });
    if (!application) throw new Error('speedscope did not start.');
    if (!application.canvasContext)
      throw new Error('Flamegraphs need WebGL, which is switched off or missing here.');
    return application;
  }

  #drop(document: Uint8Array): void {
    const dataTransfer = new DataTransfer();
    const file = new File([new Uint8Array(document)], 'profile.speedscope.json');
    dataTransfer.items.add(file);
    this.element.dispatchEvent(
      new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }),
    );
  }

  #loadedSince(before: ProfileGroup | null): ProfileGroup | undefined {
    const now = this.#application();
    if (this.#complaint !== undefined)
      throw new Error(`speedscope cannot show the profile: ${this.#complaint}`);
    if (now?.error) throw new Error('speedscope cannot read the profile.');
    const loaded = now && !now.loading && now.profileGroup !== before;
    return loaded ? (now.profileGroup ?? undefined) : undefined;
  }

  #sandwichSelection(index: number): SelectFrame | undefined {
    if (this.#application()?.profileGroup?.indexToView !== index) return undefined;
    for (const node of virtualNodes(this.element)) {
      const select = property(node, 'setSelectedFrame');
      if (typeof select === 'function') return select as SelectFrame;
    }
    return undefined;
  }

  /** The table scrolls to the selected row by itself only when it is made. */
  #scrollToSelectedRow(): void {
    for (const node of virtualNodes(this.element)) {
      if (!isTable(node) || !(node.__e instanceof HTMLElement)) continue;
      const items = property(node, 'items') as readonly { readonly size: number }[];
      const row = property(node, 'initialIndexInView');
      if (typeof row !== 'number') continue;
      const above = items.slice(0, row).reduce((height, { size }) => height + size, 0);
      node.__e.scrollTop = above - node.__e.clientHeight / 2;
    }
  }

  #application(): Application | undefined {
    if (!this.#component) {
      for (const node of virtualNodes(this.element))
        if (isApplication(node)) this.#component = node.__c ?? undefined;
    }
    return this.#component?.props as Application | undefined;
  }
}

const NOT_AVAILABLE = 'This release of speedscope cannot be told which function to show.';

function selectedFrame(
  state: ProfileState,
  view: (typeof VIEWS)[number] | undefined,
): Frame | undefined {
  switch (view) {
    case 'time ordered':
      return state.chronoViewState.selectedNode?.frame;
    case 'left heavy':
      return state.leftHeavyViewState.selectedNode?.frame;
    case 'sandwich':
      return state.sandwichViewState.callerCallee?.selectedFrame;
    case undefined:
      return undefined;
  }
}

function indexOfProfileWith(wanted: ShownFrame, group: ProfileGroup): number | undefined {
  const { indexToView, profiles } = group;
  return [indexToView, ...profiles.keys()].find((index) => {
    const state = profiles[index];
    return state && findFunction(framesOf(state.profile), wanted) !== undefined;
  });
}

function framesOf(profile: Profile): Frame[] {
  const frames: Frame[] = [];
  profile.forEachFrame((frame) => frames.push(frame));
  return frames;
}

function isApplication(node: VirtualNode): boolean {
  return ['viewMode', 'activeProfileState', 'profileGroup', 'glCanvas', 'setViewMode'].every(
    (name) => property(node, name) !== undefined,
  );
}

/** The scrolling part of the sandwich's table of functions. */
function isTable(node: VirtualNode): boolean {
  return (
    typeof property(node, 'renderItems') === 'function' && Array.isArray(property(node, 'items'))
  );
}

/** What is under the pointer, where the component is a flamegraph that pans and zooms. */
function frameUnderPointer(component: Component | null | undefined): Frame | undefined {
  const { hoveredLabel } = (component ?? {}) as {
    readonly hoveredLabel?: { readonly node: { readonly frame: Frame } } | null;
  };
  return hoveredLabel?.node.frame;
}
