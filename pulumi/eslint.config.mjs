import root from '../eslint.config.mjs';

/** The rooms of ../src that the program may read: what a spec says and what follows from it, never how eksctl writes it. */
const rooms = ['pipeline', 'model/**', 'aws/**', 'facts/**', 'diagnostic/**', 'report/**'];

/** The folder above leaves this one out, as its types are only there after `npm ci` in here. */
const isIgnores = (config) => Object.keys(config).length === 1 && config.ignores !== undefined;

export default [
  { ignores: ['node_modules/', '.build/'] },
  ...root.filter((config) => !isIgnores(config)),
  {
    name: 'spillway/pulumi',
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [
                '../../src/**',
                ...rooms.map((room) => `!../../src/${room.replace('/**', '')}`),
                ...rooms.map((room) => `!../../src/${room.replace('pipeline', 'pipeline.js')}`),
              ],
              message:
                'The program reads the resolved cluster and src/aws alone: one source with eksctl, in words of its own.',
            },
          ],
        },
      ],
    },
  },
];
