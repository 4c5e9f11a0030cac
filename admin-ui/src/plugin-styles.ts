// The style sheets of plugins, as links in the page’s head: they come before what they style, and go with their plugin.

export function loadStyles(plugin: string, href: string): Promise<void> {
  if (document.querySelector(`link[href="${CSS.escape(href)}"]`)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
    link.dataset.plugin = plugin;
    link.onload = () => resolve();
    link.onerror = () => {
      // One that stays would be taken for one that came.
      link.remove();
      reject(new Error(`its styles did not come (${href})`));
    };
    document.head.append(link);
  });
}

/** Takes away the sheets of the plugins that are gone. */
export function dropStyles(isGone: (plugin: string) => boolean): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[data-plugin]')) {
    if (isGone(link.dataset.plugin!)) link.remove();
  }
}
