import { describe, expect, test } from '@jest/globals';
import { service, spec } from './render.js';

describe('the Service', () => {
  test('sends to ports by name', () => {
    const app = service().replace(
      'port: 8080',
      'ports: [{name: http, port: 8080, servicePort: 80}, {name: dns, port: 5353, protocol: UDP}, {name: h2, port: 9090, appProtocol: kubernetes.io/h2c}]',
    );
    expect(spec(app, 'Service')).toEqual({
      type: 'ClusterIP',
      selector: { 'app.kubernetes.io/name': 'shop' },
      ports: [
        { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' },
        { name: 'dns', port: 5353, targetPort: 'dns', protocol: 'UDP' },
        { name: 'h2', port: 9090, targetPort: 'h2', protocol: 'TCP', appProtocol: 'kubernetes.io/h2c' },
      ],
    });
  });
});
