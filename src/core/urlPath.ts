/**
 * The one path with slashes that a dotted name can mean on a server with these URLs.
 *
 * @param dotted `shop.items.5` as `runprofileserver` writes `/shop/items/5/`, or `root`
 * @param urlTemplates as `manage.py show_urls` prints them, for example `/shop/items/<int:pk>/`
 * @returns `undefined` when no URL or more than one fits
 */
export function resolveDottedPath(
  dotted: string,
  urlTemplates: readonly string[],
): string | undefined {
  throw new Error(`being written ${dotted} ${urlTemplates.length}`);
}
