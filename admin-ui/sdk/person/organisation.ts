import { addressOf } from '../route/address.ts';
import { navigate } from '../route/location.ts';
import { useMe } from './me.ts';

const name = 'tc-organisation';

// The organisation that this browser looks at; none is the personal one. It opens nothing: the server asks each time.
export const lookedAt = {
  get(): string | undefined {
    try {
      return localStorage.getItem(name) ?? undefined;
    } catch {
      return undefined;
    }
  },
  set(organisation: string | undefined): void {
    try {
      if (organisation === undefined) localStorage.removeItem(name);
      else localStorage.setItem(name, organisation);
    } catch {
      // Storage may be switched off; then every visit begins in the personal one.
    }
  },
};

/**
 * Goes to a path in one of the person’s organisations. In another one than this everything on the screen is different,
 * so the page begins anew.
 */
export function useGoIn(): (organisation: string, to: string) => void {
  const { organisation: here, organisations } = useMe();
  return (organisation, to) => {
    const there = organisations.find((one) => one.id === organisation);
    if (!there || there.id === here.id) {
      navigate(to);
      return;
    }
    lookedAt.set(there.personal ? undefined : there.id);
    location.assign(addressOf(to));
  };
}
