"""Career breaks for machines: contracts/careerBreak-v1.yaml over the operations of the pages."""
