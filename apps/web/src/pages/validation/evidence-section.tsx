import { Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { formatCount } from '../../format/number';
import { inWords } from '../../format/words';
import { Section } from '../../shell/page';
import { QueryView } from '../../states/query-view';
import { Time } from '../../values/time';
import { listIn, numberIn, recordIn } from './spans';

/** Codes of the findings of a quality report, in words. */
const codesIn = (quality: Parameters<typeof listIn>[0], key: string): string =>
  listIn(quality, key)
    .map((code) => inWords(String(code)).toLowerCase())
    .join(', ');

interface Props {
  strategy: string;
  validation: components['schemas']['StrategyValidationDto'];
}

const textIn = (values: unknown, key: string): string | null => {
  const value = (values as Record<string, unknown> | null)?.[key];
  return typeof value === 'string' ? value : null;
};

/** What the verdicts rest on, by hashes, and the promotions that were made of it. */
export function EvidenceSection({ strategy, validation }: Props) {
  const lineage = useQuery({
    queryKey: ['strategy', strategy, 'lineage'],
    queryFn: ({ signal }) =>
      answer(research.GET('/api/strategies/{id}/lineage', { params: { path: { id: strategy } }, signal })),
  });
  const look = recordIn(validation.information, 'look_ahead');
  const quality = recordIn(validation.information, 'quality');
  const bars = textIn(validation.cpcv?.data, 'fingerprint') ?? textIn(validation.walk_forward?.data, 'fingerprint');
  return (
    <Section title="Evidence">
      <Stack gap={6}>
        {bars && (
          <Text size="sm" component="div">
            Bars: <Code className="breaks">{bars}</Code>
          </Text>
        )}
        {look && (
          <Text size="sm">
            Look-ahead audit: recomputed on the history cut after each of {formatCount(listIn(look, 'cuts').length)}{' '}
            bars (seed {formatCount(numberIn(look, 'seed'))}), {formatCount(numberIn(look, 'compared'))} values compared
            bit for bit.
          </Text>
        )}
        {quality && (
          <Text size="sm">
            Quality of the bars: {formatCount(numberIn(quality, 'errors'))} errors;{' '}
            {listIn(quality, 'warnings').length === 0
              ? 'no warnings'
              : `warnings ${codesIn(quality, 'warnings')}, ${listIn(quality, 'unacknowledged').length === 0 ? 'all acknowledged' : `not acknowledged: ${codesIn(quality, 'unacknowledged')}`}`}
            .
          </Text>
        )}
      </Stack>
      <QueryView query={lineage} lines={2}>
        {({ promotions }) =>
          promotions.length === 0 ? (
            <Text size="sm" c="dimmed">
              No promotion yet: a promotion keeps all evidence under one hash.
            </Text>
          ) : (
            <Stack gap={6}>
              {promotions.map((promotion, index) => (
                <Text key={index} size="sm" component="div">
                  Revision {String(promotion.revision ?? '–')} {textIn(promotion, 'action') ?? 'promoted'}
                  {textIn(promotion, 'policy') && ` under ${inWords(textIn(promotion, 'policy')!)}`}{' '}
                  <Time value={textIn(promotion, 'at') ?? textIn(promotion, 'created_at')} />
                  {textIn(promotion, 'evidence_sha256') && (
                    <>
                      , evidence <Code className="breaks">{textIn(promotion, 'evidence_sha256')}</Code>
                    </>
                  )}
                </Text>
              ))}
            </Stack>
          )
        }
      </QueryView>
    </Section>
  );
}
