import type { DefinitionDto, DefinitionRevisionDto } from './definition.response';
import type { DefinitionRevisionRow, DefinitionRow } from '../records/definitions/definition.store';

export const definitionView = (row: DefinitionRow): DefinitionDto => ({
  id: row.id,
  name: row.name,
  revision: row.revision,
  hash: row.hash,
  version: row.version,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});

export const definitionRevisionView = (
  row: DefinitionRevisionRow<DefinitionRevisionDto['content']>,
): DefinitionRevisionDto => ({
  revision: row.revision,
  hash: row.hash,
  content: row.content,
  created_at: row.createdAt.toISOString(),
});
