export * from '@assay/calendars';
