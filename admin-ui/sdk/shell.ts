// What the shell alone uses of the kit: providers, hosts and what they are set by. Screens of plugins cannot import it.
export { actInOrganisation, onSignedOut } from './api/client.ts';
export { queryClient } from './api/query-client.ts';
export { pressKey, shortcuts, singleKeys } from './keys/shortcuts.ts';
export { ConfirmHost } from './kit/ConfirmHost.tsx';
export { type Crumb, crumbs } from './kit/crumbs.ts';
export { pluginLooks } from './kit/PluginMark.tsx';
export { captureSlot, sideSlot } from './kit/slots.ts';
export { ToastHost } from './kit/ToastHost.tsx';
export { liveState, offline, onHint, startLive } from './live/live.ts';
export { MeContext, type MePatch } from './person/me.ts';
export { lookedAt } from './person/organisation.ts';
export { addressOf, pathOf } from './route/address.ts';
export { ParamsContext } from './route/location.ts';
export { matchPath, type Params } from './route/match.ts';
export { makeStore, type Store, useStore } from './store.ts';
export { cssVariables, theme } from './theme/theme.ts';
export { addCatalogue, currentLanguage, readCatalogue, setLanguage } from './words/t.ts';
