import type { EvidenceFile } from '@assay/contracts';
import type { Verification } from '@assay/pipeline';
import { table } from '../output/table';

const OUTCOMES: Readonly<Record<Verification['outcome'], string>> = {
  verified: 'verified: the same inputs and the same code give the same record',
  other_code: 'not by this version of the code: judged again by it, all else came out the same',
  refuted: 'refuted',
};

export interface Verified extends Verification {
  file: EvidenceFile;
  /** Whether the signature was held to a key that was given, and not to the one that the file states. */
  isKeyGiven: boolean;
}

const verdictWord = (passed: boolean | null): string => (passed === null ? 'undecided' : passed ? 'passed' : 'refused');

export function verificationDocument({ file, isKeyGiven, ...checked }: Verified): Record<string, unknown> {
  const { record, judgement, promotion } = file;
  const { strategy_id, revision, config_hash } = record.strategy;
  return {
    outcome: checked.outcome,
    findings: checked.findings.map(({ part, message }) => ({ part, message })),
    record_sha256: file.record_sha256,
    reproduced_sha256: checked.reproduced,
    not_judged_again: checked.notJudged,
    ignored_bars: checked.ignoredBars,
    strategy: { strategy_id, revision, config_hash },
    verdicts: record.result.verdicts.map(({ policy, version, passed }) => ({ policy, version, passed })),
    judgement: { owner_id: judgement.statement.owner_id, judged_at: judgement.statement.judged_at },
    promotion: promotion && {
      policy: promotion.statement.policy,
      promoted_by: promotion.statement.promoted_by,
      promoted_at: promotion.statement.promoted_at,
    },
    signature: { key_id: judgement.signature.key_id, key_given: isKeyGiven },
  };
}

export function verificationText({ file, isKeyGiven, ...checked }: Verified): string {
  const { record, judgement, promotion } = file;
  const { strategy, bars, trials, result } = record;
  const keyText = isKeyGiven
    ? 'a key that was given'
    : 'the key that the file states: compare it with the installation, or give --public-key';
  const rows: string[][] = [
    ['strategy', `${strategy.strategy_id} revision ${strategy.revision}, config hash ${strategy.config_hash}`],
    [
      'judged',
      `${judgement.statement.judged_at} for ${judgement.statement.owner_id}, on ${judgement.statement.runtime}`,
    ],
    ...(promotion
      ? [
          [
            'promoted',
            `${promotion.statement.promoted_at} by ${promotion.statement.promoted_by} under ${promotion.statement.policy}`,
          ],
        ]
      : []),
    ['signed by', `${judgement.signature.key_id}, ${keyText}`],
    ...bars.series.map((one) => [
      'bars',
      `${one.bars} of ${one.symbol} ${bars.timeframe} from ${bars.source}, ${one.first_bar.slice(0, 10)} to ${one.until.slice(0, 10)}${one.synthetic ? ', made up' : ''}`,
    ]),
    [
      'trials',
      `${trials.ledger.length + 1}, the candidate included${trials.outside_trials > 0 ? `, and ${trials.outside_trials} made elsewhere` : ''}`,
    ],
    ...result.verdicts.map(({ policy, version, passed }) => [
      `policy ${policy}`,
      `version ${version}: ${verdictWord(passed)}`,
    ]),
    ['record', file.record_sha256],
    ['judged again', checked.reproduced ?? 'no'],
  ];
  const ignored = checked.ignoredBars;
  const notes = [
    ...(ignored > 0
      ? [`${ignored} ${ignored === 1 ? 'bar' : 'bars'} of the file outside the judged range: nothing is said of them`]
      : []),
    ...checked.findings.map(({ part, message }) => `${part}: ${message}`),
    ...(checked.notJudged === null ? [] : [checked.notJudged]),
    OUTCOMES[checked.outcome],
  ];
  return `${table(['', ''], rows)}\n${notes.join('\n')}\n`;
}
