import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { judgingCode, POLICY_LAYOUT } from '@assay/pipeline';
import { upperBound } from './binomial-bound';
import type { Counts } from './count-markets';
import { POLICY } from './policy';
import { marketsOf, STUDY, STUDY_VERSION, type Group, type StudySettings } from './study';

/** A share of markets with its exact one-sided 95 % upper bound (Clopper-Pearson). */
interface Share {
  promoted: number;
  share: number;
  upper95: number;
}

/** A ledger of so many trials without an edge: its best trial is submitted. */
export interface NullRow extends Share {
  kind: string;
  trials: number;
  markets: number;
  /** Every trial is submitted: at least one is promoted. */
  any: Share;
  buy_and_hold: Share;
  /** The best trial, were gate 3 to ask for the worst CPCV path. */
  worst_path: Share;
}

/** Share of markets on which the best trial of the search has the edge and is promoted. */
export interface PowerRow {
  ir: number;
  trials: number;
  shape: string;
  markets: number;
  share: number;
  promoted: number;
  worst_path_share: number;
  /** The best trial has no edge and is promoted. */
  mistaken_share: number;
}

/** A ledger that somebody has made look better; the best trial of the search in it is submitted. */
export interface AttackRow extends Share {
  attack: string;
  markets: number;
}

/** What a group was measured with: under the same policy the same settings give the same rows. */
interface Measured {
  settings: object;
  /** SHA-256 of the sources that judged. */
  code: string;
  seconds: number;
}

export interface CalibrationReport {
  policy: { name: string; version: string; gates: object; bounds: object };
  study: { version: number; seed: string; markets: number; scored_bars: number; unscored_bars: number };
  bound: 'one-sided 95 %, Clopper-Pearson';
  nulls: NullRow[];
  power: PowerRow[];
  attacks: AttackRow[];
  measured: Record<string, Measured>;
}

const shareOf = (promoted: number, markets: number): Share => ({
  ...{ promoted, share: promoted / markets, upper95: upperBound(promoted, markets) },
});

function nullRows(group: Group & { what: 'nulls' }, counts: Counts, markets: number): NullRow[] {
  return group.sizes.map((trials, i) => ({
    ...{ kind: group.kind, trials, markets },
    ...shareOf(counts[i].best, markets),
    any: shareOf(counts[i].any, markets),
    buy_and_hold: shareOf(counts[i].buyAndHold, markets),
    worst_path: shareOf(counts[i].bestOnWorstPath, markets),
  }));
}

function powerRows(group: Group & { what: 'power' }, counts: Counts, markets: number): PowerRow[] {
  return group.shapes.map(({ shape, trials }, i) => {
    const { found, foundOnWorstPath, mistaken } = counts[i];
    return {
      ...{ ir: group.ir, trials, shape, markets, share: found / markets, promoted: found },
      ...{ worst_path_share: foundOnWorstPath / markets, mistaken_share: mistaken / markets },
    };
  });
}

const settingsOf = (group: Group, settings: StudySettings): object => ({
  ...{ study: STUDY_VERSION, seed: settings.seed, scored_bars: settings.scoredBars },
  ...{ markets: marketsOf(group, settings), group },
});

const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The report of a study, on disk after every group, so that a study that was stopped goes on where it was. */
export class ReportFile {
  private report: CalibrationReport;

  constructor(
    private readonly path: string,
    private readonly settings: StudySettings,
    private readonly groups: readonly Group[] = STUDY,
  ) {
    const { seed, markets, scoredBars } = settings;
    const { name, version, gates, bounds } = POLICY;
    this.report = {
      policy: { name, version, gates, bounds },
      study: {
        ...{ version: STUDY_VERSION, seed, markets },
        ...{ scored_bars: scoredBars, unscored_bars: POLICY_LAYOUT.unscored_bars },
      },
      bound: 'one-sided 95 %, Clopper-Pearson',
      ...{ nulls: [], power: [], attacks: [], measured: {} },
    };
    if (existsSync(path)) this.take(readReport(path));
  }

  get current(): CalibrationReport {
    return this.report;
  }

  has(group: Group): boolean {
    return this.report.measured[group.id] !== undefined;
  }

  add(group: Group, counts: Counts, seconds: number): void {
    const markets = marketsOf(group, this.settings);
    const { nulls, power, attacks, measured } = this.report;
    if (group.what === 'nulls') nulls.push(...nullRows(group, counts, markets));
    else if (group.what === 'power') power.push(...powerRows(group, counts, markets));
    else
      attacks.push(...group.names.map((attack, i) => ({ attack, markets, ...shareOf(counts[i].promoted, markets) })));
    measured[group.id] = {
      ...{ settings: settingsOf(group, this.settings), code: judgingCode(), seconds: Math.round(seconds) },
    };
    this.write();
  }

  /** Takes over what an earlier run has measured with the same settings. */
  private take(before: CalibrationReport): void {
    if (!same(before.policy, this.report.policy)) return;
    for (const group of this.groups) {
      const measured = before.measured[group.id];
      if (measured === undefined || !same(measured.settings, settingsOf(group, this.settings))) continue;
      this.report.measured[group.id] = measured;
      if (group.what === 'nulls')
        this.report.nulls.push(
          ...before.nulls.filter((row) => row.kind === group.kind && group.sizes.includes(row.trials)),
        );
      else if (group.what === 'power')
        this.report.power.push(
          ...before.power.filter((row) => row.ir === group.ir && group.shapes.some(({ shape }) => shape === row.shape)),
        );
      else this.report.attacks.push(...before.attacks);
    }
  }

  /** At once or not at all, whenever the process ends. */
  private write(): void {
    const beside = `${this.path}.part`;
    writeFileSync(beside, `${JSON.stringify(this.report, null, 2)}\n`);
    renameSync(beside, this.path);
  }
}

export const readReport = (path: string): CalibrationReport =>
  JSON.parse(readFileSync(path, 'utf8')) as CalibrationReport;
