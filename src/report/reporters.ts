import type { Reporter } from './report.js';

export const reportFormats = ['human', 'json', 'sarif', 'github'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** Format → its renderer, loaded when it is asked for. */
export const reporters: Readonly<Record<ReportFormat, () => Promise<Reporter>>> = {
  human: async () => (await import('./human.js')).humanReport,
  json: async () => (await import('./json.js')).jsonReport,
  sarif: async () => (await import('./sarif.js')).sarifReport,
  github: async () => (await import('./github.js')).githubReport,
};
