/** Messages between the extension and the webview about the function table of what is shown. */
import type { CallColumns, PrintedTable, TableDocument } from '../core/derive/tableDocument';

export type {
  CallColumns,
  CostColumns,
  PrintedTable,
  TableDocument,
  TableSort,
} from '../core/derive/tableDocument';

/** A table without who calls whom, which is most of its bytes and nothing that its rows show. */
export type TableFunctions = Omit<TableDocument, 'calls'>;

/** To the webview; `id` is that of the load whose functions they are. */
export type ToTable =
  | {
      readonly t: 'table';
      readonly id: number;
      readonly table: TableFunctions;
      /** Per file of the table: 1 where its path tells that it is installed. */
      readonly libraries: Uint8Array;
    }
  /** Comes after the table. */
  | { readonly t: 'calls'; readonly id: number; readonly calls: CallColumns }
  /** Comes after the table. Per file of it: 1 where it is none of the workspace's own. */
  | { readonly t: 'libraries'; readonly id: number; readonly libraries: Uint8Array }
  | { readonly t: 'tableFailed'; readonly id: number; readonly message: string }
  /** Shows the table in place of the graph. */
  | { readonly t: 'showTable' }
  /** The text of so many functions is in the clipboard. */
  | { readonly t: 'tableCopied'; readonly functions: number };

/** From the webview. */
export type FromTable =
  /** The table is to be shown for the first time since this load. */
  | { readonly t: 'tableWanted'; readonly id: number }
  /** Copies the table as `pstats.print_stats()` prints it. */
  | { readonly t: 'copyTable'; readonly printed: PrintedTable };
