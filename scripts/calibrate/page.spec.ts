import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { upperBound } from './binomial-bound';
import { brokenCells, calibrationPage } from './page';
import { nullsPicture, powerPicture } from './pictures';
import { POLICY } from './policy';
import { readReport, type CalibrationReport } from './report';
import { STUDY } from './study';
import { docsOf } from './write-docs';

const ROOT = join(__dirname, '../..');
const share = (promoted: number) => ({ promoted, share: promoted / 400, upper95: upperBound(promoted, 400) });

const made = (promoted: number, any = promoted, held = 0): CalibrationReport => ({
  policy: POLICY,
  study: { version: 1, seed: '1', markets: 400, scored_bars: 2520, unscored_bars: 252 },
  bound: 'one-sided 95 %, Clopper-Pearson',
  nulls: [
    {
      ...{ kind: 'gjr_garch', trials: 6, markets: 400, ...share(promoted) },
      ...{ any: share(any), buy_and_hold: share(held), worst_path: share(0) },
    },
  ],
  power: [
    {
      ...{ ir: 1, trials: 1, shape: 'one <rule>', markets: 400, share: 0.8, promoted: 320 },
      ...{ worst_path_share: 0.7, mistaken_share: 0 },
    },
  ],
  attacks: [{ attack: 'junk', markets: 400, ...share(4) }],
  measured: { a: { settings: {}, code: '', seconds: 600 } },
});

describe('the page of the calibration', () => {
  it('says which cells are above 7 %, and that none is', () => {
    expect(brokenCells(made(19))).toEqual([]);
    expect(calibrationPage(made(12))).toContain('No cell is above 7 %');
    expect(calibrationPage(made(12))).toContain('The mean over the cells of best trials is 3.0 %, to be at most 3 %.');
    const broken = ['GJR-GARCH, 6 trials, all submitted: 25 of 400 markets, 6.3 %, upper bound 8.6 %'];
    expect(brokenCells(made(10, 25))).toEqual(broken);
    expect(calibrationPage(made(10, 25))).toContain(`**One cell is above 7 %:**\n\n- ${broken[0]}`);
    expect(calibrationPage(made(16))).toContain('**it is not**');
  });

  it('says that buy and hold was promoted, however seldom', () => {
    expect(brokenCells(made(0, 0, 1))).toEqual(['GJR-GARCH, 6 trials, buy and hold: promoted 1 of 400 times']);
  });

  it('has a row a cell with its exact bound', () => {
    const page = calibrationPage(made(10, 12));
    expect(page).toContain('| GJR-GARCH | 6 | 400 | 2.5 % (4.2 %) | 3.0 % (4.8 %) | 0.0 % |');
    expect(page).toContain('| one <rule> | 1 | 1.0 | 400 | 80.0 % | 76 % to 83 % | 0.0 % |');
  });

  it('has pictures of the same figures', () => {
    const nulls = nullsPicture(made(10, 12));
    expect(nulls).toContain('<title>best: 2.5 %, up to the 95 % bound 4.2 %</title>');
    expect(nulls).toContain('<title>all: 3.0 %, up to the 95 % bound 4.8 %</title>');
    // 7 % of an axis that ends at 8 %
    expect(nulls).toContain(`x1="${(235 + (7 / 8) * 490).toFixed(1)}"`);
    expect(powerPicture(made(10))).toContain('one &lt;rule&gt;, 1.0');
  });
});

describe('docs/calibration.md', () => {
  const path = join(ROOT, 'docs/calibration.json');

  it('is of the policy in force, and of groups of the study', () => {
    const { policy, measured } = readReport(path);
    expect([policy.name, policy.version, policy.gates, policy.bounds]).toEqual([
      ...[POLICY.name, POLICY.version, POLICY.gates, POLICY.bounds],
    ]);
    // one that was stopped says what it has not
    expect(STUDY.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(measured)));
  });

  it('is generated from the report, with its pictures', () => {
    for (const [place, content] of Object.entries(docsOf(readReport(path)))) {
      expect(existsSync(join(ROOT, place))).toBe(true);
      expect(readFileSync(join(ROOT, place), 'utf8')).toBe(content);
    }
  });
});
