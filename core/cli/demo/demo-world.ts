import {
  type Actor,
  type Clock,
  type DemoOrganisation,
  type DemoPerson,
  type DemoRequest,
  type DemoWorld,
  Forbidden,
  InvalidInput,
  NotFound,
} from '@task-connect/sdk';
import type { Fault } from '../../http/input-faults.ts';
import { makeRouteTable } from '../../http/route-table.ts';
import { pluginActor } from '../../kernel/lend.ts';
import { newTrace, traceparentOf } from '../../observability/trace.ts';
import type { Platform } from '../../platform.ts';
import { seededRandom } from './random.ts';

const requestId = 'demo';

/**
 * The world as a plugin’s demo sees it. A request goes the way of one over HTTP without its network: the route is found,
 * its permission asked, its input read by its schemas, its handler run in the plugin’s unit of work. Only the clock that
 * the handler is lent tells the time of the story.
 */
export function makeDemoWorld(needs: {
  platform: Platform;
  plugin: string;
  now: Temporal.Instant;
  organisations: readonly DemoOrganisation[];
}): DemoWorld {
  const { platform, plugin } = needs;
  const { kernel } = platform;
  const table = makeRouteTable(kernel.registry(), []);
  const active = () => kernel.registry().active;
  const clockAt = (at: Temporal.Instant): Clock => ({ now: () => at });

  const actorOf = ({ person, organisation, role, name, zone, locale }: DemoPerson): Actor => {
    const may = kernel.permissionsOf(role, []);
    const permitted = (permission: string) => may.has(permission);
    const about = { person, organisation, role, name, zone, locale, weekStart: 1, platformRoles: [] };
    return { kind: 'person', ...about, may: permitted };
  };

  async function ask(who: DemoPerson, at: Temporal.Instant, { method, path, query = {}, body }: DemoRequest) {
    const { route, captured } = { captured: undefined, ...table.find(method, path) };
    if (!route?.plugin || !captured) throw new NotFound({ what: 'route', id: `${method} ${path}` });
    const actor = actorOf(who);
    const { permission } = route;
    if (permission !== null && permission !== 'signed-in' && !actor.may(permission))
      throw new Forbidden({ permission });
    const faults: Fault[] = [];
    const request = {
      params: route.readParams(captured, faults),
      query: route.readQuery(new URLSearchParams(query).toString(), faults),
      body: route.takesBody ? route.readBody(body, faults) : undefined,
      actor,
      ifMatch: undefined,
      requestId,
      address: '127.0.0.1',
    };
    if (faults.length > 0) throw new InvalidInput({ errors: faults });
    const scope = { actor, reach: route.reach, readOnly: route.readOnly, clock: clockAt(at) };
    return route.plugin.unitOfWork({ ...scope, requestId, traceparent: traceparentOf(newTrace()) }, (context) =>
      route.handle(request, context),
    );
  }

  return {
    now: needs.now,
    organisations: needs.organisations,
    random: seededRandom(plugin),
    ask: ask as DemoWorld['ask'],
    isOn: (id) => active().some((each) => each.id === id),
    work: (organisation, at, work) =>
      active()
        .find((each) => each.id === plugin)!
        .unitOfWork(
          {
            actor: pluginActor(plugin, organisation),
            reach: 'member',
            clock: clockAt(at),
            requestId,
            traceparent: traceparentOf(newTrace()),
          },
          work,
        ),
  };
}
