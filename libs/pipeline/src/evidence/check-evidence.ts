import {
  RECORD_SECTIONS,
  type EvidenceFile,
  type EvidenceRecord,
  type RecordSection,
  type StrategyDocument,
  type UniverseDocument,
} from '@assay/contracts';
import { isJudged, POLICY_DOCUMENTS } from '@assay/domain';
import { hashOf } from '@assay/primitives';
import { configHash } from '../hash';
import { AUDIT_SEED } from '../validation';
import { readContent } from './contents';
import { differences, differenceText } from './differences';
import { sectionHashes, trialMarks } from './evidence-record';
import { judgingCode } from './judging-code';
import { isSignedBy, keyIdOf } from './signature';

/** What is not as it was judged and signed. */
export interface EvidenceFinding {
  part: RecordSection | 'record' | 'signature' | 'content';
  message: string;
  /** What would be judged again is not what was judged. */
  isInTheWay?: boolean;
}

type Found = (part: EvidenceFinding['part'], message: string, isInTheWay?: boolean) => void;

/** Parts of a record in words. */
const SECTION_WORDS: Readonly<Record<RecordSection, string>> = {
  strategy: 'the strategy',
  artifact: 'the model',
  bars: 'what identifies the bars',
  trials: 'the list of trials',
  quality: 'the quality report',
  holdout: 'what is known of a locked holdout',
  seeds: 'the seeds',
  policies: 'the policies',
  code: 'the version of the code',
  result: 'the verdict',
};

/** A record with what was signed of it, without what it refers to. */
type SignedRecord = Pick<EvidenceFile, 'record' | 'record_sha256' | 'judgement' | 'promotion'>;

/**
 * What is wrong with a record by itself: hashes, signatures, the closure of the strategy, seeds and policies.
 * @param publicKeys PEM, of the installation that is asked for; empty: the file's own is taken, which proves no origin
 */
export function recordFindings(signed: SignedRecord, publicKeys: readonly string[]): EvidenceFinding[] {
  const findings: EvidenceFinding[] = [];
  const found: Found = (part, message, isInTheWay) =>
    void findings.push({ part, message, ...(isInTheWay ? { isInTheWay } : {}) });
  checkSections(signed, found);
  checkSignatures(signed, publicKeys, found);
  checkStrategy(signed.record, found);
  checkSeeds(signed.record, found);
  checkPolicies(signed.record, found);
  return findings;
}

/** The same with what the record refers to, and the version of the code against the one that runs here. */
export function checkEvidence(file: EvidenceFile, publicKeys: readonly string[]): EvidenceFinding[] {
  const findings = recordFindings(file, publicKeys);
  checkContents(
    file,
    (part, message, isInTheWay) => void findings.push({ part, message, ...(isInTheWay ? { isInTheWay } : {}) }),
  );
  const code = judgingCode();
  if (file.record.code !== code)
    findings.push({ part: 'code', message: `the code that judged must be this one, ${code}, was ${file.record.code}` });
  return findings;
}

/** The record against what was signed of it, part by part. */
function checkSections({ record, record_sha256: stated, judgement, promotion }: SignedRecord, found: Found): void {
  const { statement } = judgement;
  const actual = sectionHashes(record);
  for (const section of RECORD_SECTIONS) {
    const signed = statement.sections[section];
    if (signed === actual[section]) continue;
    const value = section === 'seeds' || section === 'code' ? ` (now ${JSON.stringify(record[section])})` : '';
    found(
      section,
      `${SECTION_WORDS[section]} changed since it was signed: must hash to ${signed}, was ${actual[section]}${value}`,
    );
  }
  checkTrialMarks(record, statement.trials, found);
  const sha256 = hashOf(record);
  if (sha256 !== statement.record_sha256)
    found('record', `the record must hash to ${statement.record_sha256}, which was signed, was ${sha256}`);
  if (stated !== sha256) found('record', `record_sha256 must be the hash of the record, ${sha256}, was ${stated}`);
  const { strategy } = record;
  for (const one of [statement, ...(promotion ? [promotion.statement] : [])]) {
    const what = one.kind === 'assay.judgement' ? 'judgement' : 'promotion';
    for (const field of ['strategy_id', 'revision', 'config_hash'] as const)
      if (one[field] !== strategy[field])
        found('signature', `${field} of the ${what} must be the record's, ${strategy[field]}, was ${one[field]}`);
  }
  if (promotion && promotion.statement.record_sha256 !== sha256)
    found(
      'signature',
      `the promotion must rest on this record, ${sha256}, was on ${promotion.statement.record_sha256}`,
    );
}

/** Which trials differ from those that were signed. */
function checkTrialMarks(record: EvidenceRecord, signed: readonly string[], found: Found): void {
  const actual = trialMarks(record);
  if (signed.length !== actual.length)
    found('trials', `the ledger must have ${signed.length} trials beside the candidate, had ${actual.length}`);
  const known = new Set(signed);
  record.trials.ledger.forEach(({ config_hash: hash }, i) => {
    if (!known.has(actual[i]!)) found('trials', `trial ${i + 1} (${hash}) is not one of those that were signed`);
  });
  const present = new Set(actual);
  signed.forEach((mark, i) => {
    if (!present.has(mark)) found('trials', `trial ${i + 1} of those that were signed is missing or changed`);
  });
}

function checkSignatures({ judgement, promotion }: SignedRecord, publicKeys: readonly string[], found: Found): void {
  const trusted = publicKeys.map(keyIdOf);
  for (const [what, one] of [
    ['judgement', judgement],
    ['promotion', promotion],
  ] as const) {
    if (!one) continue;
    const { statement, signature } = one;
    const key = publicKeys.length === 0 ? signature.public_key : publicKeys[trusted.indexOf(signature.key_id)];
    if (key === undefined) {
      found('signature', `the ${what} must be signed by ${trusted.join(' or ')}, was by ${signature.key_id}`);
    } else if (statement.key_id !== signature.key_id || !isSignedBy(statement, signature, key)) {
      found('signature', `the ${what} is not as it was signed by ${signature.key_id}`);
    }
  }
}

/** Each content that the record refers to has the bytes that its address names. */
function checkContents({ record, content }: EvidenceFile, found: Found): void {
  const known = new Map<string, string | null>();
  const check = (part: EvidenceFinding['part'], what: string, sha256: string): void => {
    const problem = known.has(sha256) ? known.get(sha256)! : readContent(content, sha256).problem;
    known.set(sha256, problem);
    if (problem !== null) found(part, `${what} ${problem}`, part !== 'content');
  };
  if (record.artifact !== null) check('artifact', 'the model', record.artifact);
  for (const { symbol, times, rows, blocks } of record.bars.series) {
    check('content', `the list of times of ${symbol}`, times);
    check('content', `the marks of the bars of ${symbol}`, rows);
    check('content', `the marks of the columns of ${symbol}`, blocks);
  }
  record.trials.ledger.forEach(({ config_hash: hash, times, returns, benchmark }, i) => {
    const trial = `trial ${i + 1} (${hash}):`;
    check('trials', `${trial} its returns`, returns);
    check('trials', `${trial} its times`, times);
    if (typeof benchmark !== 'object' || benchmark === null) return;
    check('trials', `${trial} the returns of its benchmark`, benchmark.returns);
    check('trials', `${trial} the times of its benchmark`, benchmark.times);
  });
}

/** The closure's hash, from the document that is in the file. */
function checkStrategy({ strategy, artifact }: EvidenceRecord, found: Found): void {
  const { evaluation, config_hash: stated } = strategy;
  const document = strategy.document as unknown as StrategyDocument | UniverseDocument;
  const own = configHash(document);
  const actual = evaluation === null ? own : hashOf({ documents: [own], evaluation });
  if (actual !== stated) found('strategy', `the strategy must hash to ${stated}, its config_hash, was ${actual}`);
  const fitted = document.kind === 'pipeline' ? (document.artifact?.sha256 ?? null) : null;
  if (fitted !== artifact)
    found('artifact', `the model must be the strategy's, ${fitted ?? 'none'}, was ${artifact ?? 'none'}`, true);
}

function checkSeeds({ seeds, strategy }: EvidenceRecord, found: Found): void {
  if (seeds.audits !== AUDIT_SEED) found('seeds', `the seed of the audits must be ${AUDIT_SEED}, was ${seeds.audits}`);
  const { draws, seed } = POLICY_DOCUMENTS.default.bounds.benchmark;
  if (seeds.benchmark.seed !== seed)
    found('seeds', `the seed of the benchmark test must be the policy's, ${seed}, was ${seeds.benchmark.seed}`);
  if (seeds.benchmark.draws !== draws)
    found('seeds', `the draws of the benchmark test must be the policy's, ${draws}, were ${seeds.benchmark.draws}`);
  const model = (strategy.document.model as { seed?: number } | undefined)?.seed ?? null;
  if (seeds.model !== model)
    found('seeds', `the seed of the model must be the strategy's, ${model}, was ${seeds.model}`);
}

function checkPolicies({ policies }: EvidenceRecord, found: Found): void {
  for (const policy of policies) {
    const own = isJudged(policy.name) ? POLICY_DOCUMENTS[policy.name] : null;
    if (own === null) found('policies', `policy ${policy.name} judges no more`);
    else
      for (const difference of differences(own, policy))
        found('policies', `policy ${policy.name} is another than here: ${differenceText(difference)}`);
  }
}
