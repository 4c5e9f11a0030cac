import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { type ProviderModule, type ProviderNeeds, providerConfiguration } from './provider-configuration.ts';

// The embedded OpenID Provider. Promises: JWT access tokens (RFC 9068, ES256) for the API, PKCE always, no consent page
// for our own client. Everything it says has the public address, whatever a proxy or a client wrote into the request.

let loading: Promise<ProviderModule> | undefined;

/** Loaded when first needed, and without its word about the runtime, which it prints at import. */
export function loadProvider(): Promise<ProviderModule> {
  loading ??= quietly(() => import('oidc-provider'));
  return loading;
}

async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { warn } = globalThis.console;
  globalThis.console.warn = () => undefined;
  try {
    return await work();
  } finally {
    globalThis.console.warn = warn;
  }
}

export function makeProvider(module: ProviderModule, needs: ProviderNeeds): Provider {
  const url = new URL(needs.publicUrl);
  const provider = new module.Provider(needs.publicUrl, providerConfiguration(module, needs));
  provider.silent = true;
  // Koa makes the requests of an app from this prototype.
  Object.defineProperties(provider.request, {
    host: { get: () => url.host },
    protocol: { get: () => url.protocol.slice(0, -1) },
  });
  provider.on('end_session.success', (ctx: KoaContextWithOIDC) => {
    if (ctx.oidc.session?.uid) needs.ended(ctx.oidc.session.uid);
  });
  provider.on('server_error', (_ctx, error) => needs.log.error({ err: error }, 'The identity provider failed'));
  return provider;
}
