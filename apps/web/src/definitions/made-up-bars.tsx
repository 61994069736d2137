import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { madeUpAmong, madeUpSentence, type UsedBars } from './made-up';
import { allSeriesQuery } from './series-query';

/** Says that a result rests on made-up bars; nothing where it does not. */
export function MadeUpBars({ used }: { used: readonly UsedBars[] }) {
  const series = useQuery(allSeriesQuery);
  const symbols = madeUpAmong(series.data ?? [], used);
  if (symbols.length === 0) return null;
  return (
    <Alert color="grape" variant="light" title="Made-up bars" role="note">
      {madeUpSentence(symbols)}
    </Alert>
  );
}
