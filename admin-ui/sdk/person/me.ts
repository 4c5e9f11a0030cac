import { createContext, use } from 'react';
import { asProblem } from '../api/problem.ts';

export type OrganisationOfMe = { id: string; name: string; role: string; personal: boolean };

/** The person who is signed in, and what they may do in the organisation they look at. */
export type Me = {
  id: string;
  name: string;
  address: string | null;
  /** Where one changes password and address, when it is not here. */
  accountUrl: string | null;
  zone: string;
  locale: string;
  /** 1 is Monday. */
  weekStart: number;
  /** What this person chose of the console’s ways. */
  preferences: Record<string, unknown>;
  platformRoles: string[];
  permissions: string[];
  organisation: OrganisationOfMe;
  organisations: OrganisationOfMe[];
};

export type MePatch = Partial<Pick<Me, 'name' | 'zone' | 'locale' | 'weekStart' | 'preferences'>>;

export const MeContext = createContext<Me | undefined>(undefined);

/** Who is signed in. */
export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw asProblem(new Error('useMe outside of the console'));
  return me;
}

/** Whether the person has a permission, `tasks:write`; what they may not do is not offered. */
export const usePermission = (permission: string): boolean => useMe().permissions.includes(permission);

/** Whether the person runs this platform. */
export const useAdministrator = (): boolean => useMe().platformRoles.includes('administrator');
