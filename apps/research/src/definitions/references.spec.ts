import { NO_CONNECTION } from '../../test/memory/no-connection';
import { ModelStore } from '../records/definitions/model.store';
import { ModelArtifactStore } from '../records/model-artifacts/model-artifact.store';
import { StrategyStore } from '../records/strategies/strategy.store';
import { References } from './references';

class ReadBy extends ModelStore {
  constructor(private readonly readers: string[]) {
    super();
  }

  override readersOf(): Promise<string[]> {
    return Promise.resolve(this.readers);
  }
}

class UsedBy extends StrategyStore {
  constructor(
    private readonly now: string[],
    private readonly inRevisions: string[],
  ) {
    super(new ModelArtifactStore());
  }

  override usersOf(): Promise<string[]> {
    return Promise.resolve(this.now);
  }

  override pinnersOf(): Promise<string[]> {
    return Promise.resolve(this.inRevisions);
  }
}

const referencesOf = (now: string[], readers: string[], inRevisions: string[]): References =>
  new References(new UsedBy(now, inRevisions), new ReadBy(readers));

describe('a definition', () => {
  it('may go when nobody refers to it', async () => {
    await expect(referencesOf([], [], []).assertNone(NO_CONNECTION, 'feature', 'o', 'f')).resolves.toBeUndefined();
  });

  it('stays while a strategy uses it, a model reads it or an old revision pins it; each is named once', async () => {
    const refused = referencesOf(['s1'], ['m1'], ['s1', 's2']).assertNone(NO_CONNECTION, 'feature', 'o', 'f');
    await expect(refused).rejects.toMatchObject({
      code: 'referenced',
      message: 'feature f is used by strategy s1, model m1, strategy s2',
      facts: {
        referenced_by: [
          { kind: 'strategy', id: 's1' },
          { kind: 'model', id: 'm1' },
          { kind: 'strategy', id: 's2' },
        ],
      },
    });
  });

  it('that is no feature is read by no model', async () => {
    const kept = referencesOf([], ['m1'], []).assertNone(NO_CONNECTION, 'model', 'o', 'm0');
    await expect(kept).resolves.toBeUndefined();
  });
});
