import { NativeSelect, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { Section } from '../../../shell/page';
import { FIT_TITLES, FRACTION, KEPT_TITLES, type FitDraft } from './training';

interface Props {
  fit: FitDraft;
  onChange: (fit: FitDraft) => void;
  /** What the kind and the label have. */
  fields: ReadonlySet<keyof FitDraft>;
  /** How often the kind is fitted again where nothing is said. */
  refit: { every: number; min_train: number } | null;
  /** By field of the draft. */
  errors: Readonly<Record<string, string | undefined>>;
}

const KEPT_HINTS = {
  best: 'at least 1, at most those of the model',
  share: 'above 0 and below 1, rounded up to whole inputs',
  above: 'a number, such as 4 of F: twice its standard error',
} as const;

/** How rows count, which inputs are read, what is done with the chances, and how often it is fitted again: all of it may be left as it is. */
export function FitFields({ fit, onChange, fields, refit, errors }: Props) {
  const set = (change: Partial<FitDraft>) => onChange({ ...fit, ...change });
  const text = (name: keyof typeof FIT_TITLES, hint: string, own: string) => (
    <TextInput
      label={FIT_TITLES[name]}
      description={hint}
      placeholder={own}
      inputMode="decimal"
      value={fit[name]}
      error={errors[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <Section title="How rows count">
        <Text size="sm" c="dimmed">
          Without anything said here all rows count alike.
        </Text>
        <Stack gap="sm">
          <Switch
            label="By uniqueness"
            description="A row weighs the less, the more its label shares its bars with those of others. Default: no"
            checked={fit.uniqueness}
            error={errors.uniqueness}
            onChange={(event) => set({ uniqueness: event.currentTarget.checked })}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {text(
              'decay',
              '0 up to below 1, beside 1 for the newest; between them linear in the uniqueness',
              'None: age does not count',
            )}
            {fields.has('classes') && (
              <NativeSelect
                label="Weight of the labels"
                description="whether a rare label weighs as much as a frequent one"
                data={[
                  { value: '', label: 'Default: as often as they are' },
                  { value: 'balanced', label: 'Balanced: both the same in all' },
                ]}
                value={fit.classes}
                error={errors.classes}
                onChange={(event) => set({ classes: event.currentTarget.value as FitDraft['classes'] })}
              />
            )}
            {fields.has('draws') && (
              <NativeSelect
                label="Rows that a tree draws"
                description="sequential: the rather, the less their labels overlap those drawn before"
                data={[
                  { value: '', label: 'Default: each as likely' },
                  { value: 'sequential', label: 'Sequential' },
                ]}
                value={fit.draws}
                error={errors.draws}
                onChange={(event) => set({ draws: event.currentTarget.value as FitDraft['draws'] })}
              />
            )}
          </SimpleGrid>
        </Stack>
      </Section>
      {fields.has('score') && (
        <Section title="Choice of the inputs">
          <Text size="sm" c="dimmed">
            Each fit chooses its inputs anew by its own training rows. Without anything said here it reads all of them.
          </Text>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <NativeSelect
              label="Chosen by"
              description="a score of each input alone"
              data={[
                { value: '', label: 'Default: all are read' },
                { value: 'f_statistic', label: 'F with the label: straight lines' },
                { value: 'mutual_information', label: 'Mutual information with the label: any form' },
                { value: 'variance', label: 'Variance, whatever the label' },
              ]}
              value={fit.score}
              error={errors.score}
              onChange={(event) => set({ score: event.currentTarget.value as FitDraft['score'] })}
            />
            {fit.score !== '' && (
              <NativeSelect
                label="Kept are"
                description="inputs of the highest scores"
                data={[
                  { value: 'best', label: 'so many' },
                  { value: 'share', label: 'a part of them' },
                  { value: 'above', label: 'those above a score' },
                ]}
                value={fit.keep}
                error={errors.keep}
                onChange={(event) => set({ keep: event.currentTarget.value as FitDraft['keep'] })}
              />
            )}
            {fit.score !== '' && (
              <TextInput
                label={KEPT_TITLES[fit.keep]}
                description={KEPT_HINTS[fit.keep]}
                inputMode="decimal"
                required
                value={fit.kept}
                error={errors.kept}
                onChange={(event) => set({ kept: event.currentTarget.value })}
              />
            )}
          </SimpleGrid>
        </Section>
      )}
      {fields.has('calibration') && (
        <Section title="Calibration of the chances">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <NativeSelect
              label="Calibrated by"
              description="so that of rows told 60 % some 60 % come true"
              data={[
                { value: '', label: 'Default: not calibrated' },
                { value: 'platt', label: 'Platt: a logistic curve, for few rows' },
                { value: 'isotonic', label: 'Isotonic: any rising curve, for many rows' },
              ]}
              value={fit.calibration}
              error={errors.calibration}
              onChange={(event) => set({ calibration: event.currentTarget.value as FitDraft['calibration'] })}
            />
            {fit.calibration !== '' &&
              text(
                'fraction',
                'above 0 up to 0.5: the last rows, which the model itself is not fitted on',
                String(FRACTION),
              )}
          </SimpleGrid>
        </Section>
      )}
      <Section title="Fitted again">
        <Text size="sm" c="dimmed">
          Backtests and validations predict bars by a fit on those before them, which is made anew from time to time.
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          {text('every', 'at least 1', refit ? String(refit.every) : '')}
          {text('minTrain', 'labelled ones, at least 2', refit ? String(refit.min_train) : '')}
          {text('seed', 'same seed, same model; a whole number', '0')}
        </SimpleGrid>
      </Section>
    </>
  );
}
