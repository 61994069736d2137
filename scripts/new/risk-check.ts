import { namesOf } from './names';
import { withImport, withItem, type SourceTree } from './source-tree';

const FOLDER = 'libs/domain/src/risk';

/** A check at the end of the gate's order, and a test of its verdicts that waits for them. */
export function newRiskCheck(name: string, tree: SourceTree): void {
  const { kebab, snake, pascal, words } = namesOf(name);
  tree.assertNew(FOLDER, `'${snake}'`);
  tree.assertNew(FOLDER, `function check${pascal}(`);
  tree.create(
    `${FOLDER}/checks/${kebab}.ts`,
    `import type { OrderLeg } from '../../orders';
import { exempt, failed, passed, type CheckResult } from '../check-result';

export interface ${pascal}Input {
  leg: OrderLeg | null;
  lastPrice: string | null;
}

/** Say what the ${words} check refuses and why. As generated: an entry while no price is known. A limit of the deployment is handed over by the gate: \`limits.<name>\`. */
export function check${pascal}({ leg, lastPrice }: ${pascal}Input): CheckResult {
  if (!leg || leg.reducing) return exempt('${snake}', null, leg !== null);
  return lastPrice === null
    ? failed('${snake}', 'price_unknown', null, null)
    : passed('${snake}', lastPrice, null);
}
`,
  );
  tree.create(
    `${FOLDER}/checks/${kebab}.spec.ts`,
    `import { entry, exit } from '../../fixtures/order-legs';
import { check${pascal} } from './${kebab}';

describe('${snake}', () => {
  it('lets exits through, and has nothing to say without an order', () => {
    expect(check${pascal}({ leg: exit, lastPrice: null }).record).toMatchObject({ passed: true, code: 'exit' });
    expect(check${pascal}({ leg: null, lastPrice: null }).record).toMatchObject({ passed: true, code: 'no_order' });
  });

  it('refuses an entry beyond its limit, with both numbers', () => {
    const { record } = check${pascal}({ leg: entry, lastPrice: '50' });
    expect(record).toEqual({ check: '${snake}', passed: false, code: '${snake}', actual: 'say it', limit: 'say it' });
  });
});
`,
  );
  tree.edit(`${FOLDER}/check-result.ts`, (text) => withItem(text, 'export const RISK_CHECKS = [', `'${snake}'`));
  tree.edit(`${FOLDER}/evaluate-risk-gate.ts`, (text) => {
    const imported = withImport(text, `import { check${pascal} } from './checks/${kebab}';`);
    const call = `check${pascal}({ leg, lastPrice: input.lastPrice })`;
    return imported && withItem(imported, 'const results: CheckResult[] = [', call);
  });
}
