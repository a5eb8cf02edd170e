/** All chapters of the course, built or not: number and subject. */
export const CHAPTERS: ReadonlyMap<number, string> = new Map([
  [0, "Start"],
  [1, "The Nitro host"],
  [2, "Packets through a VPC"],
  [3, "Object storage (S3)"],
  [4, "Lambda"],
  [5, "DynamoDB"],
  [6, "Block storage (EBS)"],
  [7, "IAM"],
  [8, "RDS and Aurora"],
  [9, "CloudFront"],
  [10, "Auto Scaling"],
  [11, "The whole cloud"],
  [12, "Capstone"],
]);
