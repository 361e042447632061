/**
 * Turns a CSV of EC2 instance types into the compact JSON that src/facts/ec2.ts reads.
 *
 *   node tools/ec2-instance-types.mjs FILE.csv > src/facts/ec2-instance-types.json
 *
 * Columns of the CSV: instance_type, arch, vcpus, memory_mib, max_enis, ipv4_per_eni, spot_capable (any order).
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const sources = [
  {
    columns: ['name', 'arch', 'vcpus', 'memoryMiB', 'spotCapable'],
    source: 'EC2 DescribeInstanceTypes as shipped in moto 5.2.5',
    date: '2026-10',
  },
  {
    columns: ['maxEnis', 'ipv4PerEni'],
    source: 'aws/karpenter-provider-aws pkg/providers/instancetype/zz_generated.vpclimits.go',
    date: '2026-08-06',
  },
];

/** @type {Record<string, [csvColumn: string, read: (text: string) => unknown]>} */
const columns = {
  name: ['instance_type', String],
  arch: ['arch', String],
  vcpus: ['vcpus', Number],
  memoryMiB: ['memory_mib', Number],
  maxEnis: ['max_enis', Number],
  ipv4PerEni: ['ipv4_per_eni', Number],
  spotCapable: ['spot_capable', (text) => text === 'yes'],
};

const [file] = process.argv.slice(2);
if (!file) throw new Error('usage: node tools/ec2-instance-types.mjs FILE.csv');

const [header = [], ...records] = readFileSync(file, 'utf8')
  .trim()
  .split(/\r?\n/)
  .map((line) => line.split(','));

const rows = records
  .map((record) =>
    Object.values(columns).map(([csvColumn, read]) => {
      const text = record[header.indexOf(csvColumn)];
      if (text === undefined) throw new Error(`${file}: no column ${csvColumn} in ${record.join(',')}`);
      if (text === '') throw new Error(`${file}: ${csvColumn} is empty in ${record.join(',')}`);
      return read(text);
    }),
  )
  .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));

// Prettier keeps a short row on one line.
const json = JSON.stringify({ sources, columns: Object.keys(columns), rows });
const options = await resolveConfig(fileURLToPath(import.meta.url));
process.stdout.write(await format(json, { ...options, parser: 'json' }));
