import {
  PLACEHOLDER_ID,
  universeDocument,
  type SentUniverse,
  type UniverseDocument,
  type UniverseMember,
  type Warning,
} from '@assay/contracts';
import { describeValue, type FieldProblem, invalid } from '@assay/primitives';
import type { CheckFeature } from '../strategy/pipeline-verdicts';
import { universeVerdicts } from './universe-verdicts';

const DOCUMENT = universeDocument();

export interface ParseUniverseOptions {
  /** Makes the id of a document without one; without it an id is required. */
  generateId?: () => string;
  /** What it names is refused with the rest; by default every plugin passes. */
  checkFeature?: CheckFeature;
}

export interface ParsedUniverse {
  /** With id, name, defaults, and each symbol as an object: equal contents have one form. */
  document: UniverseDocument;
  warnings: Warning[];
}

/** Whether a document says of itself that it is one of a universe. */
export const isUniverse = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && (input as { kind?: unknown }).kind === 'universe';

/** @throws DomainError `validation_failed` with every problem of the document: field, rule and value. */
export function parseUniverseDocument(input: unknown, options: ParseUniverseOptions = {}): ParsedUniverse {
  const { generateId, checkFeature = () => undefined } = options;
  const { document: sent, problems } = DOCUMENT.read(input);
  if (!sent) throw invalid(problems);
  const members = sent.universe.map(memberOf);
  const { strategy_id: given } = sent;
  const isNew = given === undefined || given === PLACEHOLDER_ID;
  const found = [...(isNew && !generateId ? [idProblem(given)] : []), ...universeVerdicts(sent, members, checkFeature)];
  if (found.length > 0) throw invalid(found);
  const warnings: Warning[] = [];
  const strategy_id = isNew ? generateId!() : given;
  if (isNew)
    warnings.push({ code: 'id_generated', field: 'strategy_id', message: `strategy_id was generated: ${strategy_id}` });
  const name = sent.name?.trim() ? sent.name : nameOf(sent);
  if (name !== sent.name)
    warnings.push({ code: 'name_generated', field: 'name', message: `name was generated: ${name}` });
  return { document: { ...sent, strategy_id, name, universe: members }, warnings };
}

/** A symbol alone is a member for ever; a span without bounds says the same. */
function memberOf(member: SentUniverse['universe'][number]): UniverseMember {
  if (typeof member === 'string') return { symbol: member };
  const { spans, ...rest } = member;
  const isAlways = spans?.length === 1 && spans[0].from === undefined && spans[0].to === undefined;
  return spans === undefined || isAlways ? rest : { ...rest, spans };
}

function idProblem(given: unknown): FieldProblem {
  const [rule, must] = given === undefined ? ['required', 'be given'] : ['format', 'be a UUID'];
  const message = `strategy_id must ${must}, was ${describeValue(given)}`;
  return { field: 'strategy_id', rule, value: given ?? null, message };
}

function nameOf({ universe, portfolio }: SentUniverse): string {
  if (portfolio.kind === 'pairs') return `pairs_of_${portfolio.pairs.length}`;
  return `${portfolio.score}_${portfolio.select.kind}_of_${universe.length}`;
}
