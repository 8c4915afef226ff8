// The official packages, unmodified: every function they export and every method of Vehicle and AuthClient, with success
// and with each refusal, compared with what the platform says the state of the car is.
import { after, before, beforeEach, describe, test } from 'node:test';
import { assertWalked, elsewhere, names, sdks } from './sdks.mjs';
import { walkBatch } from './walk_batch.mjs';
import { walkCommands } from './walk_commands.mjs';
import { walkConnections } from './walk_connections.mjs';
import { walkReads } from './walk_reads.mjs';
import { World } from './world.mjs';

for (const { name, load } of sdks) {
  describe(name, () => {
    const world = new World(load());
    before(() => world.start());
    after(() => world.stop());
    beforeEach(() => world.sim('POST', '/reset'));

    walkReads(world);
    walkCommands(world);
    walkBatch(world);
    walkConnections(world);

    test('nothing of the package was left out', () => {
      const others = Object.values(elsewhere).flat();
      assertWalked(world, names(world.real).filter((each) => !others.includes(each)));
    });
  });
}
