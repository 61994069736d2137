import { isNestedTooDeep, MAX_JSON_DEPTH } from '@assay/contracts';
import { unreadable } from './limit';

/** A JSON document, or an array of the documents of its lines. @throws DomainError `validation_failed` for what is neither, or nested too deep */
export function jsonDocument(bytes: Uint8Array): unknown {
  if (isNestedTooDeep(bytes)) {
    throw unreadable('max_depth', `content must be JSON nested at most ${MAX_JSON_DEPTH} deep, was deeper`);
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    return linesOf(text) ?? refuse(error as Error);
  }
}

function refuse({ message }: Error): never {
  throw unreadable('json', `content must be JSON where it begins as such: ${message}`);
}

/** A document a line; null when one is none. */
function linesOf(text: string): unknown[] | null {
  try {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as unknown);
  } catch {
    return null;
  }
}
