import type { Unit } from '../model/profile';

/** Costs of functions or calls, in columns; NaN where the profile does not tell a number. */
export interface CostColumns {
  readonly calls: Float64Array;
  /** Calls not made through recursion. */
  readonly primitiveCalls: Float64Array;
  /** In the table's unit, as the next one. */
  readonly self: Float64Array;
  readonly total: Float64Array;
}

/** Who calls whom, in columns. */
export interface CallColumns extends CostColumns {
  /** Index of a function. */
  readonly caller: Int32Array;
  readonly callee: Int32Array;
}

/** The functions of a profile with their costs, in columns: large profiles have 100,000 of them. */
export interface TableDocument {
  readonly unit: Unit;
  /** Sum of all self costs. */
  readonly total: number;
  /** Whether calls were counted, of some functions at least. */
  readonly isCounted: boolean;
  /** Per function. */
  readonly names: readonly string[];
  /** The different files. */
  readonly files: readonly string[];
  /** Per function: index into `files`, -1 where it has none. */
  readonly file: Int32Array;
  /** Per function: line of the definition, 0 where it is unknown. */
  readonly line: Int32Array;
  readonly costs: CostColumns;
  /** Per function: samples with it on the stack, where they are counted and are not the unit. */
  readonly samples: Float64Array | undefined;
  readonly calls: CallColumns;
}

/** How the functions of a table are ordered: by one of its columns. */
export type TableSort =
  'calls' | 'samples' | 'self' | 'selfPerCall' | 'total' | 'totalPerCall' | 'name' | 'place';

/** What of the table is printed. */
export interface PrintedTable {
  /** Functions in the order in which they are shown. */
  readonly order: Int32Array;
  readonly sort: TableSort;
  /** Why not all functions are shown, in words. */
  readonly restriction: string | undefined;
}
