import type { Pools } from '../../database/pools.ts';
import type { Provisioner } from '../../database/provision.ts';
import type { Identity } from '../../identity/identity.ts';

/** Has the platform make a new one of those that it makes, so that no request fails; false when this is none of them. */
export const makeRotateSecret =
  (needs: {
    provisioner: Pick<Provisioner, 'size' | 'rotate'>;
    pools: Pick<Pools, 'renew'>;
    identity: Pick<Identity, 'rotateSigningKeys'>;
  }) =>
  async (path: string): Promise<boolean> => {
    const [folder, plugin = ''] = path.split('/');
    if (folder === 'databases' && (await needs.provisioner.size(plugin).catch(() => null)) !== null) {
      await needs.provisioner.rotate(plugin);
      await needs.pools.renew(plugin);
      return true;
    }
    if (path !== 'certificates/signing-keys') return false;
    await needs.identity.rotateSigningKeys();
    return true;
  };
