import { deploymentDocument, PLACEHOLDER_ID, type DeploymentDocument } from '@assay/contracts';
import { describeValue, invalid, isDate, isZone, type FieldProblem } from '@assay/primitives';
import { rawFields } from '../documents';

export interface ParseDeploymentOptions {
  /** What reads the document: one that knows the brokers and markets there are; default: any code in capital letters passes. */
  schema?: ReturnType<typeof deploymentDocument>;
}

const ANY_VENUE = deploymentDocument();

/**
 * A right document, without an id where it has none or the examples' placeholder. Throws `validation_failed` with every problem: field,
 * rule and value; unknown fields by name.
 */
export function parseDeploymentDocument(input: unknown, options: ParseDeploymentOptions = {}): DeploymentDocument {
  const { document, problems } = (options.schema ?? ANY_VENUE).read(input);
  const found = [...problems, ...problemsAcrossFields(input)];
  if (found.length > 0 || !document) throw invalid(found);
  const { deployment_id: given, ...rest } = document;
  return given === undefined || given === PLACEHOLDER_ID ? rest : document;
}

/** Rules over several fields, and over what a schema cannot know; each looks at fields that may be wrong by themselves. */
function problemsAcrossFields(input: unknown): FieldProblem[] {
  const { qty, sizing, schedule, replay, paper, source } = rawFields(input);
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return [];
  const problems: FieldProblem[] = [];
  const note = (field: string, rule: string, value: unknown, text: string): void => {
    const message = `${field} must ${text}, was ${describeValue(value)}`;
    problems.push({ field, rule, value: value === undefined ? null : value, message });
  };
  if (qty === undefined && sizing === undefined) note('qty', 'required', qty, 'be given');
  if (qty !== undefined && sizing !== undefined) note('qty', 'exclusive', qty, 'be absent when sizing is given');
  const { tz } = rawFields(schedule);
  if (typeof tz === 'string' && tz !== '' && !isZone(tz)) note('schedule.tz', 'format', tz, 'be an IANA time zone');
  const { start, end, source: replayed } = rawFields(replay);
  if (isDate(start) && isDate(end) && end < start) {
    note('replay.end', 'minimum', end, `not be before start ${start}`);
  }
  if (typeof source === 'string' && typeof replayed === 'string' && replayed !== source) {
    note('replay.source', 'same_source', replayed, `be source ${source}`);
  }
  if (replay !== undefined && paper === false) note('replay', 'paper_only', replay, 'be absent when paper is false');
  return problems;
}
