// What this browser remembers between visits: choices of how things look, never anything that opens a door.

function remember(name: string) {
  return {
    get(): string | undefined {
      try {
        return localStorage.getItem(name) ?? undefined;
      } catch {
        return undefined;
      }
    },
    set(value: string | undefined): void {
      try {
        if (value === undefined) localStorage.removeItem(name);
        else localStorage.setItem(name, value);
      } catch {
        // Storage may be switched off; then it is forgotten with the tab.
      }
    },
  };
}

export const remembered = {
  scheme: remember('tc-scheme'),
  density: remember('tc-density'),
  navigation: remember('tc-navigation'),
};
