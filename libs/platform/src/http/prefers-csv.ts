/** Quality and precision of the best range of `Accept` that covers a media type; undefined where none does. */
function offerOf(ranges: Range[], type: string): Range | undefined {
  const names = [type, `${type.split('/')[0]}/*`, '*/*'];
  const covering = names.map((name) => ranges.find((range) => range.name === name));
  return covering.find((range) => range !== undefined);
}

interface Range {
  name: string;
  quality: number;
  place: number;
}

/**
 * Whether an `Accept` header asks for text/csv rather than application/json (RFC 9110 section 12.5.1): the higher quality wins, of equals the
 * one that is named over one that a wildcard covers, then the one named first. Without a preference it is JSON.
 */
export function prefersCsv(accept: string | undefined): boolean {
  const ranges = (accept ?? '').split(',').map((text, place): Range => {
    const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
    const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
    return { name, quality: quality >= 0 && quality <= 1 ? quality : 0, place };
  });
  const [csv, json] = [offerOf(ranges, 'text/csv'), offerOf(ranges, 'application/json')];
  if (!csv || csv.quality === 0) return false;
  if (!json || csv.quality !== json.quality) return csv.quality > (json?.quality ?? 0);
  const isNamed = (range: Range): boolean => !range.name.endsWith('*');
  if (isNamed(csv) !== isNamed(json)) return isNamed(csv);
  return isNamed(csv) && csv.place < json.place;
}
