import type { RestAnswer } from './eks.js';

/** Stands for the EKS-optimized image of whatever family is asked for. */
const IMAGE_ID = 'ami-0e45000000000000a';

/** SSM's answer for the public parameters that name EKS-optimized images, which moto does not have. */
export function imageParameter(name: string): RestAnswer | undefined {
  if (!name.startsWith('/aws/service/eks/optimized-ami/')) return undefined;
  return { status: 200, body: { Parameter: { Name: name, Type: 'String', Version: 1, Value: IMAGE_ID } } };
}

/** EC2's answer for that image, whose root device is that of Amazon Linux 2023; undefined for every other. */
export function describeImages(form: URLSearchParams): string | undefined {
  if (form.get('ImageId.1') !== IMAGE_ID) return undefined;
  const device = '/dev/xvda';
  const mapping = `<item><deviceName>${device}</deviceName><ebs><volumeSize>20</volumeSize><encrypted>false</encrypted></ebs></item>`;
  const root = `<rootDeviceType>ebs</rootDeviceType><rootDeviceName>${device}</rootDeviceName>`;
  const image = `<imageId>${IMAGE_ID}</imageId><imageState>available</imageState><architecture>x86_64</architecture>`;
  return `<DescribeImagesResponse><requestId>rig</requestId><imagesSet><item>${image}${root}<blockDeviceMapping>${mapping}</blockDeviceMapping></item></imagesSet></DescribeImagesResponse>`;
}
