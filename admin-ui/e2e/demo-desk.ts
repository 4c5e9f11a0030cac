import { seedDemo } from '../../core/cli/commands/demo-seed.ts';
import { demoOwner } from '../../core/cli/demo/cast.ts';
import { type Console, openConsole, signInWith } from './console.ts';

const password = 'webbing and jute, 35 kg';

/** A console before a platform with the data of the demo; its owner is signed in, manages it, and looks at a firm. */
export async function openDemoDesk(): Promise<Console> {
  const desk = await openConsole({ plugins: 'all' });
  const { platform } = desk.test;
  await seedDemo.run(
    { operands: {}, options: { beside: true, password } } as never,
    { platform, record: async () => undefined } as never,
  );
  const makeAdministrator = {
    name: 'e2e.administrator',
    text: `update person set platform_roles = '{administrator}' where lower(address) = $1`,
  };
  await platform.pools.database('users').query(makeAdministrator, [demoOwner]);
  const page = await desk.window({ storageState: { cookies: [], origins: [] } });
  await signInWith(page, desk.url, demoOwner, password);
  const organisation = await page.evaluate(async () => {
    const answer = await fetch(new URL('api/me', document.baseURI));
    const { organisations } = (await answer.json()) as {
      organisations: { id: string; personal: boolean; role: string }[];
    };
    // Whoever has worked for a year is past the first day.
    await fetch(new URL('api/me', document.baseURI), {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'x-requested-with': 'tc' },
      body: JSON.stringify({ preferences: { firstSteps: 'away' } }),
    });
    return organisations.find((one) => !one.personal && one.role === 'owner')!.id;
  });
  await page.evaluate((id) => localStorage.setItem('tc-organisation', id), organisation);
  const storageState = await page.context().storageState();
  await page.close();
  return { ...desk, window: (options) => desk.window({ storageState, ...options }) };
}
