import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';

/** Lines in the place of what is being loaded; announced once. */
export function Loading({ lines = 4, height = 20 }: { lines?: number; height?: number }) {
  return (
    <Stack gap="sm" aria-busy="true">
      <VisuallyHidden role="status">Loading</VisuallyHidden>
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} height={height} radius="sm" />
      ))}
    </Stack>
  );
}
