import { migrations } from '@assay/persistence';
import { hashOf } from '@assay/primitives';
import { composeModel } from './compose-model';
import { RULE_IDENTITY_ID } from './model-content';

const pin = { id: '01890000-0000-7000-8000-000000000005', revision: 1, hash: 'a'.repeat(64) };
const features = [
  { pin, content: { name: 'edge', plugin: 'column', plugin_version: '1', params: { column: 'factor' } } },
];

describe('the built-in model', () => {
  it('is stored by the migrations under the hash of its content', () => {
    const { up } = migrations.find((migration) => migration.name === '0010-research-definitions')!;
    expect(up).toContain(RULE_IDENTITY_ID);
    expect(up).toContain(hashOf({ kind: 'rule.identity' }));
  });
});

describe('composeModel', () => {
  it('fills in the defaults, so that two ways to write a model are one content', () => {
    const short = composeModel({ kind: 'logistic', features });
    expect(composeModel({ kind: 'logistic', features, params: { l2: 1 }, seed: 0 })).toEqual(short);
    expect(short).toMatchObject({ params: { l2: 1, max_iterations: 100 }, inputs: [{ name: 'edge', pin }] });
  });

  it('keeps a penalty of 0', () => {
    expect(composeModel({ kind: 'logistic', features, params: { l2: 0 } })).toMatchObject({ params: { l2: 0 } });
  });
});
