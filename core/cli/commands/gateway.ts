import { platform } from '../../console/contract.ts';
import { discover } from '../../kernel/discover.ts';
import { people } from '../../people/contract.ts';
import { CommandFailed, hereCommand, UsageError } from '../command.ts';
import { GatewayFault, gatewayConfig } from '../gateway-config.ts';
import { root } from '../root.ts';

const listed = (text: string) => text.split(',').map((server) => server.trim());

export const gateway = hereCommand({
  name: 'gateway',
  usage: '[PLUGIN=SERVERS…]',
  summary: 'Print the nginx configuration of a gateway before processes that serve different plugins',
  details:
    'PLUGIN=SERVERS says where a plugin is served, such as tasks=task-service:8080; several servers are separated by commas. What is not named is at the servers of --rest, which have the console and sign-in.',
  options: {
    rest: {
      type: 'string',
      takes: 'SERVERS',
      means: 'Where everything else is; 127.0.0.1 and the port of the settings when not given',
    },
    listen: {
      type: 'string',
      takes: 'PORT',
      means: 'The port, or address and port, of the gateway; 80 when not given',
    },
  },
  async run({ operands, options }, shell) {
    const { settings } = shell.settings();
    const found = await Promise.all(
      discover({ root, folders: settings.pluginFolders }).map((each) => each.load().catch(() => undefined)),
    );
    const services = new Map<string, string[]>();
    for (const operand of operands) {
      const [, id, servers] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(operand) ?? [];
      if (!id || !servers) throw new UsageError(`“${operand}” is not of the form PLUGIN=HOST:PORT.`);
      services.set(id, listed(servers));
    }
    try {
      return gatewayConfig({
        contracts: [platform.contract, people.contract, ...found.flatMap((plugin) => plugin?.contract ?? [])],
        services,
        rest: options.rest ? listed(options.rest) : [`127.0.0.1:${settings.port}`],
        listen: options.listen ?? '80',
        base: new URL(settings.publicUrl).pathname.replace(/\/$/, ''),
      });
    } catch (error) {
      throw error instanceof GatewayFault ? new CommandFailed(error.message) : error;
    }
  },
  show: (config) => config.trimEnd(),
});
