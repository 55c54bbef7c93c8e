"""The declaration of works: who must declare, what makes a site obliged, what is wrong in one."""
