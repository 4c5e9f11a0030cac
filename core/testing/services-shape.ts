import { gatewayConfig } from '../cli/gateway-config.ts';
import { makeClient } from './client.ts';
import { freePort } from './free-port.ts';
import { startGateway } from './gateway.ts';
import type { TestPlatform, TestPlatformOptions } from './platform.ts';

// The same platform for the same tests, as services: a process for people and console, one for each plugin, and a worker
// that handles events and runs jobs, behind an nginx whose configuration is made from the plugins’ paths. They are
// platforms of one Node process, which share nothing but server and secrets.

/** Whether this run wants it: TEST_SHAPE=services. */
export const asServices = (options: TestPlatformOptions): boolean =>
  process.env.TEST_SHAPE === 'services' && !options.beside && !options.settings?.plugins;

export async function makeServices(
  make: (options: TestPlatformOptions) => Promise<TestPlatform>,
  options: TestPlatformOptions,
): Promise<TestPlatform> {
  await using stack = new AsyncDisposableStack();
  const gatewayPort = options.settings?.port ?? (await freePort());
  const service = async (
    role: 'web' | 'worker',
    plugins: string[] | undefined,
    beside: TestPlatform | undefined,
  ): Promise<TestPlatform> => {
    const port = await freePort();
    const settings = {
      ...options.settings,
      plugins,
      role,
      port,
      internalUrl: `http://127.0.0.1:${port}`,
      trustedProxies: ['127.0.0.1'],
    };
    return stack.use(await make({ ...options, plugins: [], settings, beside }));
  };
  const desk = await service('web', ['users', 'platform'], undefined);
  const { kernel } = desk.platform;
  const ids = kernel.plugins().flatMap((view) => (view.builtIn ? [] : view.id));
  const apart = new Map<string, TestPlatform>();
  for (const id of ids) apart.set(id, await service('web', [id], desk));
  const worker = await service('worker', undefined, desk);

  const serverOf = (app: TestPlatform) => [new URL(app.url).host];
  const config = gatewayConfig({
    contracts: kernel.plugins().flatMap((view) => view.plugin?.contract ?? []),
    services: new Map([...apart].filter(([id]) => kernel.plugin(id).plugin).map(([id, app]) => [id, serverOf(app)])),
    rest: serverOf(desk),
    listen: `127.0.0.1:${gatewayPort}`,
    base: options.settings?.publicUrl ? new URL(options.settings.publicUrl).pathname.replace(/\/$/, '') : '',
  });
  stack.use(await startGateway(config, gatewayPort));

  for (const id of options.plugins === 'all' ? ids : (options.plugins ?? [])) {
    const view = await kernel.enable(id);
    if (view.state !== 'on') throw new Error(`${id} could not be switched on: ${view.reason}`);
  }
  const url = `http://127.0.0.1:${gatewayPort}`;
  const held = stack.move();
  return {
    ...desk,
    url,
    processes: () => [desk, ...apart.values(), worker],
    as: (role) => makeClient(url, desk.as(role)),
    person: async (role, name) => makeClient(url, await desk.person(role, name)),
    async settled() {
      for (const app of [desk, ...apart.values(), worker, worker]) await app.settled();
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}
