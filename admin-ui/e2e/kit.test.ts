import { after, before } from 'node:test';
import { changeChecks } from './kit/change-checks.ts';
import { dataTableChecks } from './kit/data-table-checks.ts';
import { formChecks } from './kit/form-checks.ts';
import { type KitPage, openKitPage } from './kit/kit-page.ts';
import { lookChecks } from './kit/look-checks.ts';
import { smallChecks } from './kit/small-checks.ts';

// The kit’s components in Chromium. One page and one browser for all of them: both take longer to start than a test.

let kit: KitPage;
before(async () => {
  kit = await openKitPage();
});
after(() => kit[Symbol.asyncDispose]());

dataTableChecks(() => kit);
formChecks(() => kit);
smallChecks(() => kit);
changeChecks(() => kit);
lookChecks(() => kit);
