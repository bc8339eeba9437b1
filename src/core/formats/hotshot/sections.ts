import type { RequestFacts } from '../../model/request';
import { isHeaderKey } from './survey';

/** More sections than this would not be looked at one by one, and their names take memory. */
const mostSections = 500;
const mostInfos = 5000;

/** How a program may write down a request, as servers do in their logs. */
const requestPattern =
  /^(?<method>GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (?<path>\/[^\s?]*)(\?(?<query>\S*))?$/;

/** Calls that the program told apart from those before by what it added to the log. */
interface Section {
  readonly infos: string[];
  readonly from: number;
}

/** Samples from the first to before the last, and what the program calls them. */
export interface NamedRange {
  readonly name: string;
  readonly from: number;
  readonly until: number;
}

/**
 * What a program writes into its log by `addinfo`, which may tell one run or request from the next:
 * where it does so between two calls, another section begins.
 */
export class Sections {
  readonly #sections: Section[] = [{ infos: [], from: 0 }];
  readonly #requests = new Set<string>();
  #infos = 0;

  /**
   * @param sample the next one's index
   * @param isBetweenCalls whether no call is open
   */
  addInfo(key: string, value: string, sample: number, isBetweenCalls: boolean): void {
    if (isHeaderKey(key) || ++this.#infos > mostInfos) return;
    if (requestPattern.test(value)) this.#requests.add(value);
    let section = this.#sections.at(-1);
    if (
      !section ||
      (isBetweenCalls && section.from < sample && this.#sections.length < mostSections)
    ) {
      section = { infos: [], from: sample };
      this.#sections.push(section);
    }
    section.infos.push(`${key}: ${value}`);
  }

  /**
   * The sections; what is added behind the last call is told of the calls before it.
   * @param end number of all samples
   */
  ranges(end: number): NamedRange[] {
    const sections = this.#sections.filter(({ from }) => from === 0 || from < end);
    const behind = this.#sections.slice(sections.length).flatMap(({ infos }) => infos);
    return sections.map(({ infos, from }, index) => {
      const next = sections[index + 1];
      const all = next ? infos : [...infos, ...behind];
      return { name: all.join(', '), from, until: next?.from ?? end };
    });
  }

  /** The request, where the log is of one and the program wrote it down as `GET /path?query`. */
  get request(): RequestFacts {
    const [request, ...others] = this.#requests;
    const facts = request === undefined ? null : requestPattern.exec(request)?.groups;
    if (!facts || others.length > 0) return {};
    const { method = '', path = '', query } = facts;
    return query === undefined ? { method, path } : { method, path, query };
  }
}
