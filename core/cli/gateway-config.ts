import type { Contract } from '@task-connect/sdk';

// The nginx configuration of a gateway before processes that serve different plugins, from the paths that their
// contracts claim. It promises that what no rule names goes to the process with console and sign-in, that calls between
// processes are not routed, and that what nginx answers itself is a problem document, as for a process that is away. Works from nginx
// 1.22 on; a file to be included in `http { }`, as those in conf.d are. Pure.

export type GatewayNeeds = {
  contracts: readonly Pick<Contract, 'id' | 'paths'>[];
  /** Where each plugin is served, as host:port; several of one share the requests. */
  services: ReadonlyMap<string, readonly string[]>;
  /** The process with the console, sign-in and everything that no service is named for. */
  rest: readonly string[];
  listen: string;
  /** The path of the public address, without a slash at its end. */
  base: string;
};

export class GatewayFault extends Error {
  override name = 'GatewayFault';
}

const isServer = (text: string) => /^([\w.-]+|\[[\da-f:]+\]):\d{1,5}$/i.test(text);

export function gatewayConfig({ contracts, services, rest, listen, base }: GatewayNeeds): string {
  const wrong = [...services.values(), rest].flat().find((server) => !isServer(server));
  if (wrong !== undefined) throw new GatewayFault(`“${wrong}” is no host:port.`);
  if (!isServer(listen) && !/^\d{1,5}$/.test(listen)) throw new GatewayFault(`“${listen}” is no port to listen on.`);
  const unknown = [...services.keys()].find((id) => !contracts.some((contract) => contract.id === id));
  if (unknown !== undefined)
    throw new GatewayFault(`There is no plugin ${unknown}; there are ${contracts.map(({ id }) => id).join(', ')}.`);

  const served = contracts.filter(({ id }) => services.has(id)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const upstreams = [upstream('rest', rest), ...served.map(({ id }) => upstream(id, services.get(id)!))];
  const locations = served.flatMap(({ id, paths }) =>
    paths.toSorted().flatMap((path) => [location(`= ${base}/api${path}`, id), location(`^~ ${base}/api${path}/`, id)]),
  );
  return `# Made by \`task-connect gateway\` from the paths of plugins. Make it anew rather than change it.
${upstreams.join('\n')}

server {
    listen ${listen};
    server_name _;
    server_tokens off;
    # More than any route takes, so that it is the platform that refuses.
    client_max_body_size 52m;
    client_header_timeout 20s;
    client_body_timeout 60s;
    keepalive_timeout 75s;

    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Request-Id $request_id;
    # For the processes of an installation among one another only.
    proxy_set_header TC-Deadline-Milliseconds "";
    proxy_connect_timeout 3s;
    proxy_send_timeout 60s;
    proxy_read_timeout 60s;
    # A refused connection has been heard by nobody; anything else may have had its effect, and is the client's to repeat.
    proxy_next_upstream error timeout;
    proxy_next_upstream_tries 2;
    error_page 502 504 =503 @away;
    # As large as the platform takes, so that it is the platform that refuses a token that is long.
    large_client_header_buffers 4 16k;
${refusals.map(({ code, status }) => `    error_page ${code} =${status} ${refusalPath(status)};`).join('\n')}

    location @away {
        internal;
        default_type application/problem+json;
        add_header Retry-After 5 always;
        add_header Cache-Control no-store always;
        add_header X-Request-Id $request_id always;
        return 503 '{"type":"unavailable","title":"Not available now","status":503,"detail":"The part of the platform that answers this is away for a moment. Send it again in a while.","instance":"$request_id"}';
    }
${refusals.map(refusalLocation).join('\n')}
    location @nothing {
        internal;
        default_type application/problem+json;
        return 404 '{"type":"no-such-page","title":"Not found","status":404,"detail":"There is nothing at this address.","instance":"$request_id"}';
    }
    location /internal {
        error_page 404 @nothing;
        return 404;
    }

    location = ${base}/api/live {
        proxy_pass http://tc_rest;
        proxy_buffering off;
        proxy_read_timeout 1h;
    }
${locations.join('\n')}
${
  base === ''
    ? location('/', 'rest')
    : `    location = ${base} {
        return 308 ${base}/;
    }
${location(`${base}/`, 'rest')}
    # Discovery of the issuer, and what else stands at the root of a host.
${location('/', 'rest')}`
}
}
`;
}

const upstream = (name: string, servers: readonly string[]) => `upstream tc_${name.replaceAll('-', '_')} {
${servers.map((server) => `    server ${server} max_fails=0;`).join('\n')}
    keepalive 32;
    # Shorter than the platform keeps its own (75 s), so that nothing is sent into a connection that it just closed.
    keepalive_timeout 60s;
}`;

const location = (match: string, name: string) => `    location ${match} {
        proxy_pass http://tc_${name.replaceAll('-', '_')};
    }`;

type Refusal = { code: number; status: number; type: string; title: string; detail: string };

/** What nginx refuses before a process sees it, by its own code: 494 is its own for headers that are too large. */
const refusals: readonly Refusal[] = [
  {
    code: 400,
    status: 400,
    type: 'not-http',
    title: 'This is not HTTP',
    detail: 'Send a request as HTTP/1.1 has it (RFC 9112), with no NUL and no bare percent sign in its address.',
  },
  {
    code: 405,
    status: 405,
    type: 'method-not-allowed',
    title: 'This method is not for this address',
    detail: 'See /api/docs for the methods of each address.',
  },
  {
    code: 413,
    status: 413,
    type: 'body-too-large',
    title: 'The body is too large',
    detail: 'A body may have 52 MiB, and most routes take 1 MiB. Send less at once.',
  },
  {
    code: 414,
    status: 414,
    type: 'address-too-long',
    title: 'The address is too long',
    detail: 'Address and headers together may have 16 KiB. Ask for less at once.',
  },
  {
    code: 494,
    status: 431,
    type: 'headers-too-large',
    title: 'The headers are too large',
    detail: 'Address and headers together may have 16 KiB. Send fewer or shorter ones, such as fewer cookies.',
  },
];

// An address and no named location: of a request line that cannot be read nginx has no address to leave.
const refusalPath = (status: number) => `/.refused/${status}`;

const refusalLocation = ({ status, type, title, detail }: Refusal) => `    location = ${refusalPath(status)} {
        internal;
        default_type application/problem+json;
        add_header Cache-Control no-store always;
        add_header X-Request-Id $request_id always;
        return ${status} '${JSON.stringify({ type, title, status, detail, instance: '$request_id' })}';
    }`;
