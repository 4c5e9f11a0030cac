import type { Catalogue, Me } from '@task-connect/console';
import { addCatalogue, readCatalogue, setLanguage } from '@task-connect/console/shell';

/** The console’s own sentences in other languages than English: a file each, `catalogues/cs.json`, and nothing else. */
const catalogues = import.meta.glob<{ default: Catalogue }>('./catalogues/*.json');

/** Sets the language of the page, before anything is said in it. */
export async function speakLanguageOf(me: Me): Promise<void> {
  const language = new Intl.Locale(me.locale).language;
  const catalogue = await readCatalogue(catalogues, language);
  if (!catalogue) return;
  setLanguage(language);
  addCatalogue('console', catalogue);
  document.documentElement.lang = language;
}
