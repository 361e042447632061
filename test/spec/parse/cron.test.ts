import { describe, expect, test } from '@jest/globals';
import { cronProblem } from '../../../src/spec/parse/cron.js';

describe('cron expressions', () => {
  test.each([
    '* * * * *',
    '0 3 * * *',
    '*/15 0-6,22-23 1,15 * mon-fri',
    '5/20 * ? JAN-mar Sun',
    '0 0 29 2 *',
    '0 0 30 2 1',
    '  0   0 1 1 0 ',
    '0-59/7 * * * 6',
    '@hourly',
    '@midnight',
    '@every 1h30m',
  ])('%s runs', (expression) => {
    expect(cronProblem(expression)).toBeUndefined();
  });

  test.each<[string, RegExp]>([
    ['* * * *', /five fields .*not 4/],
    ['* * * * * *', /five fields .*not 6/],
    ['', /five fields/],
    ['60 * * * *', /minute "60" must be from 0 to 59/],
    ['* 24 * * *', /hour "24" must be from 0 to 23/],
    ['* * 0 * *', /day of the month "0" must be from 1 to 31/],
    ['* * * 13 *', /month "13" must be from 1 to 12 or jan to dec/],
    ['* * * * 7', /day of the week "7" .*Sunday is 0/],
    ['* * * * 5-7', /Sunday is 0/],
    ['10-5 * * * *', /range "10-5" of the minute ends before it starts/],
    ['*/0 * * * *', /step "0" of the minute/],
    ['*/ * * * *', /step "" of the minute/],
    ['1-2-3 * * * *', /minute "1-2-3" must be/],
    ['a * * * *', /minute "a" must be/],
    ['-1 * * * *', /minute "-1" must be/],
    ['1,,2 * * * *', /minute "" must be/],
    ['1.5 * * * *', /minute "1.5" must be/],
    ['* * * monday *', /month "monday" must be/],
    ['0 0 31 4,6 *', /never happens/],
    ['0 0 30 feb ?', /never happens/],
    ['@reboot', /must be one of @yearly/],
    ['@every day', /must be one of @yearly/],
    ['TZ=Europe/Berlin 0 3 * * *', /\{cron, timeZone\}/],
  ])('%s does not', (expression, problem) => {
    expect(cronProblem(expression)).toMatch(problem);
  });
});
