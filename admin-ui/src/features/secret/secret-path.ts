/** A path in addresses, where slashes would be parts. */
export const dotted = (path: string): string => path.replaceAll('/', '.');
