import type { DataTransfer, TreeDragAndDropController } from 'vscode';
import { withErrorHandling } from '../../platform/errors';
import { addDirectories, pathsOfUriList } from './chooseDirectory';
import type { TreeNode } from './treeNodes';

/** A directory that is dragged onto the view, or its path as text, becomes a profile directory. */
export const directoryDrop: TreeDragAndDropController<TreeNode> = {
  dropMimeTypes: ['text/uri-list', 'files', 'text/plain'],
  dragMimeTypes: [],
  async handleDrop(_target, data) {
    await withErrorHandling('Adding a profile directory', async () => {
      await addDirectories(await droppedPaths(data));
    });
  },
};

async function droppedPaths(data: DataTransfer): Promise<string[]> {
  const list = await data.get('text/uri-list')?.asString();
  const paths = list ? pathsOfUriList(list) : filesOf(data);
  if (paths.length > 0) return paths;
  const text = (await data.get('text/plain')?.asString())?.trim();
  return text ? [text] : [];
}

/** What a file manager drags in; only the desktop tells where a file is. */
function filesOf(data: DataTransfer): string[] {
  return [...data].flatMap(([, item]) => item.asFile()?.uri?.fsPath ?? []);
}
