import '@mantine/core/styles.layer.css';
import '@fontsource-variable/hanken-grotesk/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@task-connect/console/tokens.css';
import '@task-connect/console/base.css';
import type { Catalogue } from '@task-connect/console';
import { addCatalogue, readCatalogue, setLanguage } from '@task-connect/console/words';

// The kit by itself, in the theme and under the policy of the console: a scene for each test, all of it in `gallery`.

if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
Object.assign(globalThis, { __webpack_nonce__: nonce });

const asked = new URLSearchParams(location.search);
const language = asked.get('language');
if (language) {
  // One file more is one language more.
  const files = import.meta.glob<{ default: Catalogue }>('./catalogues/*.json');
  setLanguage(language);
  addCatalogue('console', (await readCatalogue(files, language))!);
}
document.documentElement.dataset.density = asked.get('density') ?? 'comfortable';
const { draw } = await import('./draw.tsx');
await draw(asked.get('scene') ?? 'gallery', nonce);
