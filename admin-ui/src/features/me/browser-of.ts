import { t } from '../../t.ts';

const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', HeadlessChrome: 'Chrome' };

/** `Firefox on Linux` out of what a browser says of itself; the whole of it when that is not known. */
export function browserOf(agent: string): string {
  // Each says that it is those after it, too.
  const browser = ['Edg', 'OPR', 'Firefox', 'HeadlessChrome', 'Chrome', 'Safari'].find((one) =>
    agent.includes(`${one}/`),
  );
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1];
  if (!browser) return agent || t('unknown');
  const name = names[browser] ?? browser;
  return system ? t('{browser} on {system}', { browser: name, system: system.replace(' OS X', '') }) : name;
}
